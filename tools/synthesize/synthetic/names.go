package synthetic

import (
	"fmt"
	"math/rand/v2"
)

var (
	given  = split("Ada Bruno Corwin Dagny Edda Fergus Gisela Halvard Ines Jorun Katla Levin Mirela Nils Odette Pavel Quirin Runa Sixten Tilda Ulric Vesna Wanda Xenia Ysolde Zeno Борис Ольга Ελένη さくら")
	family = split("Ashby Brandt Castel Dorn Ekholm Farrow Grau Hollis Iversen Jarvis Kessler Lindqvist Marek Norge Oster Pryce Quist Rowan Stroud Thorn Umber Varga Weyland Yarrow Zabel")
)

// name draws the name of a person who does not exist: a few write often.
func name(r *rand.Rand) string {
	switch r.IntN(20) {
	case 0:
		return "Anonymous"
	case 1, 2, 3:
		return fmt.Sprintf("%s_%d", given[r.IntN(len(given))], r.IntN(1+r.IntN(500)))
	}
	return given[r.IntN(1+r.IntN(len(given)))] + " " + family[r.IntN(1+r.IntN(len(family)))]
}
