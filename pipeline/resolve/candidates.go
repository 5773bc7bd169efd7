package resolve

import (
	"bytes"
	"context"

	"corpus/pipeline/spill"
)

// maxKept is how many members of a bucket the others are checked against.
const maxKept = 64

// checkEvery is how many records pass between two looks at the context.
const checkEvery = 4096

// link joins the articles that are near duplicates to components.
func (f *Finder) link(ctx context.Context) (*unionFind, error) {
	rows, err := f.bands.Sort()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	l := linker{
		components: newUnionFind(f.count),
		copies:     newBitset(f.count),
		sets:       f.sets,
		unlike:     newPairs(f.memory / 8),
		setMemory:  f.memory / 4,
	}
	var key []byte
	for n := 0; rows.Next(); n++ {
		if n%checkEvery == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		_, value, err := spill.Part(rows.Value())
		if err != nil {
			return nil, errDamaged
		}
		m, _, err := parseMember(value)
		if err != nil || m.number >= f.count || len(rows.Key()) == 0 {
			return nil, errDamaged
		}
		if n == 0 || !bytes.Equal(key, rows.Key()) {
			key = append(key[:0], rows.Key()...)
			l.newBucket()
		}
		if key[0] == equalTexts {
			l.addEqual(m)
		} else if err := l.addCandidate(m); err != nil {
			return nil, err
		}
	}
	return l.components, rows.Err()
}

// linker goes through one bucket after the other.
type linker struct {
	components *unionFind
	copies     bitset // articles with the text of one that comes before them
	sets       *setFile
	unlike     *pairs
	setMemory  int64 // bytes of sets that kept may hold

	kept     []kept // of the current bucket
	keptSets int64  // bytes
	scratch  [2][]uint64
}

// kept is a member that the rest of its bucket is checked against.
type kept struct {
	member
	set []uint64 // nil until it is needed, and where there is no room
}

func (l *linker) newBucket() {
	clear(l.kept)
	l.kept = l.kept[:0]
	l.keptSets = 0
}

// addEqual adds a member of the bucket of one text.
func (l *linker) addEqual(m member) {
	if len(l.kept) == 0 {
		l.kept = append(l.kept, kept{member: m})
		return
	}
	l.components.join(l.kept[0].number, m.number)
	l.copies.set(m.number)
}

// addCandidate adds a member of a band's bucket, in the order of ids.
func (l *linker) addCandidate(m member) error {
	if l.copies.has(m.number) {
		return nil // the first article with this text is in the same buckets
	}
	var set []uint64
	linked := false
	for i := range l.kept {
		k := &l.kept[i]
		if l.components.root(k.number) == l.components.root(m.number) {
			linked = true
			continue
		}
		if !sizesAllow(k.shingles, m.shingles) || l.unlike.has(k.number, m.number) {
			continue
		}
		if set == nil {
			var err error
			if l.scratch[0], err = l.sets.read(&m, l.scratch[0][:0]); err != nil {
				return err
			}
			set = l.scratch[0]
		}
		other, err := l.setOf(k)
		if err != nil {
			return err
		}
		if resemble(other, set) {
			l.components.join(k.number, m.number)
			linked = true
		} else {
			l.unlike.add(k.number, m.number)
		}
	}
	if len(l.kept) < maxKept {
		l.kept = append(l.kept, kept{member: m})
		return nil
	}
	if !linked {
		if i := l.redundant(); i >= 0 {
			l.keptSets -= 8 * int64(len(l.kept[i].set))
			l.kept[i] = kept{member: m}
		}
	}
	return nil
}

// setOf is the set of k, which stays in memory while there is room.
func (l *linker) setOf(k *kept) ([]uint64, error) {
	if k.set != nil {
		return k.set, nil
	}
	if size := 8 * int64(k.shingles); l.keptSets+size <= l.setMemory {
		set, err := l.sets.read(&k.member, make([]uint64, 0, k.shingles))
		if err != nil {
			return nil, err
		}
		k.set = set
		l.keptSets += size
		return set, nil
	}
	var err error
	l.scratch[1], err = l.sets.read(&k.member, l.scratch[1][:0])
	return l.scratch[1], err
}

// redundant is the index of a kept member that is linked to an earlier one, or -1.
func (l *linker) redundant() int {
	var roots [maxKept]uint32
	for i := range l.kept {
		roots[i] = l.components.root(l.kept[i].number)
		for j := range i {
			if roots[j] == roots[i] {
				return i
			}
		}
	}
	return -1
}

// pairs remembers pairs of numbers, as many as it has room for: a later one
// takes the place of an earlier one. Forgetting costs time only.
type pairs struct{ slots []uint64 }

func newPairs(memory int64) *pairs {
	n := int64(1)
	for n*2*8 <= min(memory, 16<<20) {
		n *= 2
	}
	return &pairs{slots: make([]uint64, n)}
}

func (p *pairs) slot(a, b uint32) (slot *uint64, pair uint64) {
	pair = uint64(min(a, b))<<32 | uint64(max(a, b)) // never 0, as a and b differ
	return &p.slots[pair*0x9e3779b97f4a7c15>>32%uint64(len(p.slots))], pair
}

func (p *pairs) has(a, b uint32) bool {
	slot, pair := p.slot(a, b)
	return *slot == pair
}

func (p *pairs) add(a, b uint32) {
	slot, pair := p.slot(a, b)
	*slot = pair
}
