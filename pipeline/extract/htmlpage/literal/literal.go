// Package literal reads the values that programs leave in scripts, so that other
// programs can go on from there: JSON, and the looser literals of JavaScript that
// Nuxt, Devalue and templates write (ECMA-262, section 13.2; names without
// quotes, !0, void 0, new Date, JSON.parse, and functions that are called at once
// and give values that stand in several places a name).
//
// It must never run anything: what is no literal is no value.
package literal

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"corpus/pipeline/extract/htmlpage/jsonld"
)

const maxDepth = 64 // of values in each other

// parser reads one value; scope are the parameters of the functions around it.
type parser struct {
	s     string
	i     int
	left  *int // how many more values may be read
	scope map[string]*parameter
}

// parameter is a name of a function's parameter: the value that it stands for is
// known when its arguments are read, behind the body.
type parameter struct {
	value *jsonld.Value
	keys  []string // members that the body sets
	items []*jsonld.Value
}

// Read gives the value that a script begins with and where it ends; nil where no
// value stands there, or where it has more than left values. A null that is a
// member of an object is left out, and one in a list is an empty text.
func Read(script string, left *int) (v *jsonld.Value, end int) {
	p := &parser{s: script, left: left}
	v, ok := p.value(0)
	if !ok || *left < 0 {
		return nil, p.i
	}
	return v, p.i
}

// space skips white space and comments.
func (p *parser) space() {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
			p.i++
		case c == '/' && strings.HasPrefix(p.s[p.i:], "/*"):
			n := strings.Index(p.s[p.i+2:], "*/")
			if n < 0 {
				p.i = len(p.s)
				return
			}
			p.i += n + 4
		case c == '/' && strings.HasPrefix(p.s[p.i:], "//"):
			n := strings.IndexByte(p.s[p.i:], '\n')
			if n < 0 {
				p.i = len(p.s)
				return
			}
			p.i += n
		default:
			return
		}
	}
}

// take skips space and then s, where it follows.
func (p *parser) take(s string) bool {
	p.space()
	if !strings.HasPrefix(p.s[p.i:], s) {
		return false
	}
	p.i += len(s)
	return true
}

// word is the name that follows; empty for none.
func (p *parser) word() string {
	p.space()
	from := p.i
	for p.i < len(p.s) && part(p.s[p.i]) {
		p.i++
	}
	return p.s[from:p.i]
}

// part tells a byte of a name; letters beyond ASCII count.
func part(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= utf8.RuneSelf
}

func text(s string) *jsonld.Value { return &jsonld.Value{Text: s} }

// null is the value of null and undefined.
var null = &jsonld.Value{}

func (p *parser) value(depth int) (*jsonld.Value, bool) {
	p.space()
	if *p.left--; *p.left < 0 || depth > maxDepth || p.i >= len(p.s) {
		return nil, false
	}
	switch c := p.s[p.i]; {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.list(depth, ']')
	case c == '"' || c == '\'' || c == '`':
		s, ok := p.quoted()
		return text(s), ok
	case c == '!':
		p.i++
		switch p.word() {
		case "0":
			return text("true"), true
		case "1":
			return text("false"), true
		}
		return nil, false
	case c >= '0' && c <= '9' || c == '-' || c == '.' || c == '+':
		return p.number()
	case c == '(':
		return p.call(depth)
	case part(c):
		return p.named(depth)
	}
	return nil, false
}

// number reads a number as it is written.
func (p *parser) number() (*jsonld.Value, bool) {
	from := p.i
	for p.i < len(p.s) && (part(p.s[p.i]) || p.s[p.i] == '.' || p.s[p.i] == '-' || p.s[p.i] == '+') {
		p.i++
	}
	s := p.s[from:p.i]
	if _, err := strconv.ParseFloat(s, 64); err != nil && strings.Trim(s, "-+0123456789.eE") != "" {
		return nil, false
	}
	return text(s), true
}

func (p *parser) object(depth int) (*jsonld.Value, bool) {
	p.i++
	v := &jsonld.Value{Kind: jsonld.Object}
	for {
		if p.take("}") {
			return v, true
		}
		key, ok := p.key()
		if !ok || !p.take(":") {
			return nil, false
		}
		item, ok := p.value(depth + 1)
		if !ok {
			return nil, false
		}
		if item != null {
			v.Keys, v.Items = append(v.Keys, key), append(v.Items, item)
		}
		if !p.take(",") {
			return v, p.take("}")
		}
	}
}

// key is the name of a member.
func (p *parser) key() (string, bool) {
	p.space()
	if p.i < len(p.s) && (p.s[p.i] == '"' || p.s[p.i] == '\'') {
		return p.quoted()
	}
	key := p.word()
	return key, key != ""
}

// list reads values up to close.
func (p *parser) list(depth int, end byte) (*jsonld.Value, bool) {
	p.i++
	v := &jsonld.Value{Kind: jsonld.List}
	for {
		if p.take(string(end)) {
			return v, true
		}
		if p.take(",") { // nothing stands at this place
			if *p.left--; *p.left < 0 {
				return nil, false
			}
			v.Items = append(v.Items, text(""))
			continue
		}
		item, ok := p.value(depth + 1)
		if !ok {
			return nil, false
		}
		if item == null {
			item = text("")
		}
		v.Items = append(v.Items, item)
		if !p.take(",") {
			return v, p.take(string(end))
		}
	}
}

// named reads a value that begins with a word.
func (p *parser) named(depth int) (*jsonld.Value, bool) {
	word := p.word()
	if known := p.scope[word]; known != nil {
		return known.value, true
	}
	switch word {
	case "true", "false":
		return text(word), true
	case "null", "undefined", "NaN", "Infinity":
		return null, true
	case "void":
		return null, p.word() == "0"
	case "new":
		kind := p.word()
		args, ok := p.arguments(depth)
		if !ok {
			return nil, false
		}
		switch {
		case len(args.Items) == 0:
			return null, true
		case kind == "Date" || kind == "Set" || kind == "Map" || kind == "URL" || kind == "String" || kind == "Number":
			return args.Items[0], true
		}
		return nil, false
	case "JSON":
		if !p.take(".parse") {
			return nil, false
		}
		args, ok := p.arguments(depth)
		if !ok || len(args.Items) != 1 || args.Items[0].Kind != jsonld.Text {
			return nil, false
		}
		v := jsonld.ReadState(strings.TrimSpace(args.Items[0].Text), p.left)
		return v, v != nil
	case "Object":
		if !p.take(".create") {
			return nil, false
		}
		_, ok := p.arguments(depth)
		return &jsonld.Value{Kind: jsonld.Object}, ok
	case "Array":
		_, ok := p.arguments(depth)
		return &jsonld.Value{Kind: jsonld.List}, ok
	}
	return nil, false
}

// arguments reads what stands in the brackets behind a name.
func (p *parser) arguments(depth int) (*jsonld.Value, bool) {
	p.space()
	if p.i >= len(p.s) || p.s[p.i] != '(' {
		return nil, false
	}
	return p.list(depth+1, ')')
}

// call reads a value in brackets, or a function that is called at once:
// (function(a,b){return {...}}(x,y)), also with an arrow, and with the arguments
// behind the bracket.
func (p *parser) call(depth int) (*jsonld.Value, bool) {
	p.i++
	from := p.i
	if p.take("function") {
		p.word()
	} else if p.space(); p.i >= len(p.s) || p.s[p.i] != '(' || !p.arrow() {
		p.i = from
		v, ok := p.value(depth + 1)
		return v, ok && p.take(")")
	}
	if !p.take("(") {
		return nil, false
	}
	var names []string
	for !p.take(")") {
		name := p.word()
		if name == "" || len(names) > 0 && *p.left < 0 {
			return nil, false
		}
		*p.left--
		names = append(names, name)
		p.take(",")
	}
	p.take("=>")
	outer := p.scope
	p.scope = make(map[string]*parameter, len(names)+len(outer))
	for name, known := range outer {
		if *p.left--; *p.left < 0 {
			return nil, false
		}
		p.scope[name] = known
	}
	for _, name := range names {
		p.scope[name] = &parameter{value: &jsonld.Value{}}
	}
	v, ok := p.body(depth)
	inner := p.scope
	p.scope = outer
	if !ok {
		return nil, false
	}
	closed := p.take(")")
	args, ok := p.arguments(depth)
	if !ok || !closed && !p.take(")") {
		return nil, false
	}
	for i, name := range names {
		inner[name].fill(args, i)
	}
	return v, true
}

// arrow tells whether brackets are the parameters of an arrow function: names
// and commas alone, and "=>" behind them.
func (p *parser) arrow() bool {
	for n := p.i + 1; n < len(p.s); n++ {
		switch c := p.s[n]; {
		case c == ')':
			return strings.HasPrefix(strings.TrimLeft(p.s[n+1:min(len(p.s), n+16)], " \n"), "=>")
		case !part(c) && c != ',' && c != ' ' && c != '\n':
			return false
		}
	}
	return false
}

// body reads the body of a function: members that are set, and what it returns.
func (p *parser) body(depth int) (*jsonld.Value, bool) {
	if !p.take("{") {
		return nil, false
	}
	for {
		if p.take(";") {
			continue
		}
		name := p.word()
		if name == "return" {
			v, ok := p.value(depth + 1)
			p.take(";")
			return v, ok && p.take("}")
		}
		known := p.scope[name]
		if known == nil {
			return nil, false
		}
		key, ok := p.member()
		if !ok || !p.take("=") {
			return nil, false
		}
		item, ok := p.value(depth + 1)
		if !ok {
			return nil, false
		}
		if item != null {
			known.keys, known.items = append(known.keys, key), append(known.items, item)
		}
	}
}

// member is the name of the member that is set: .name, ["name"] or [0].
func (p *parser) member() (string, bool) {
	if p.take(".") {
		key := p.word()
		return key, key != ""
	}
	if !p.take("[") {
		return "", false
	}
	key, ok := p.key()
	return key, ok && p.take("]")
}

// fill gives a parameter the value of its argument, and the members that the
// body set.
func (k *parameter) fill(args *jsonld.Value, i int) {
	if i < len(args.Items) {
		if arg := args.Items[i]; arg != k.value {
			*k.value = *arg
		}
	}
	if len(k.items) == 0 || k.value.Kind == jsonld.Text {
		return
	}
	k.value.Items = append(k.value.Items[:len(k.value.Items):len(k.value.Items)], k.items...)
	if k.value.Kind == jsonld.Object {
		k.value.Keys = append(k.value.Keys[:len(k.value.Keys):len(k.value.Keys)], k.keys...)
	}
}

// quoted reads a string and resolves what is escaped in it; a template that is to
// be filled in is none.
func (p *parser) quoted() (string, bool) {
	quote := p.s[p.i]
	p.i++
	from := p.i
	for p.i < len(p.s) && p.s[p.i] != quote && p.s[p.i] != '\\' && p.s[p.i] != '$' {
		p.i++
	}
	if p.i < len(p.s) && p.s[p.i] == quote {
		s := p.s[from:p.i]
		p.i++
		return s, true
	}
	var b strings.Builder
	b.WriteString(p.s[from:p.i])
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c == quote:
			p.i++
			return b.String(), true
		case c == '$' && quote == '`' && strings.HasPrefix(p.s[p.i:], "${"):
			return "", false
		case c == '\\':
			p.i++
			p.escaped(&b)
		default:
			b.WriteByte(c)
			p.i++
		}
	}
	return "", false
}

// escaped reads what follows a backslash.
func (p *parser) escaped(b *strings.Builder) {
	if p.i >= len(p.s) {
		return
	}
	c := p.s[p.i]
	p.i++
	switch c {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'r':
		b.WriteByte('\r')
	case 'b', 'f', 'v', '0':
		b.WriteByte(' ')
	case '\n':
	case 'x':
		b.WriteRune(p.hex(2))
	case 'u':
		r := p.hex(4)
		if utf16.IsSurrogate(r) && strings.HasPrefix(p.s[p.i:], `\u`) {
			p.i += 2
			r = utf16.DecodeRune(r, p.hex(4))
		}
		b.WriteRune(r)
	default:
		b.WriteByte(c)
	}
}

// hex is the character of n hexadecimal digits, or of those in braces.
func (p *parser) hex(n int) rune {
	end := p.i + n
	if n == 4 && strings.HasPrefix(p.s[p.i:], "{") {
		p.i++
		if close := strings.IndexByte(p.s[p.i:min(len(p.s), p.i+8)], '}'); close >= 0 {
			end = p.i + close
			defer func() { p.i++ }()
		}
	}
	if end > len(p.s) {
		return utf8.RuneError
	}
	v, err := strconv.ParseUint(p.s[p.i:end], 16, 32)
	if err != nil {
		return utf8.RuneError
	}
	p.i = end
	return rune(v)
}
