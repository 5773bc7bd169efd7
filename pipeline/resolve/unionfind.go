package resolve

// unionFind joins numbers to components: Tarjan, Efficiency of a good but not
// linear set union algorithm (JACM 1975), with path halving. It takes four
// bytes a number.
type unionFind struct{ parent []uint32 }

func newUnionFind(n uint32) *unionFind {
	u := &unionFind{parent: make([]uint32, n)}
	for i := range u.parent {
		u.parent[i] = uint32(i)
	}
	return u
}

// root stands for the component of x until that is joined to another.
func (u *unionFind) root(x uint32) uint32 {
	for u.parent[x] != x {
		u.parent[x] = u.parent[u.parent[x]]
		x = u.parent[x]
	}
	return x
}

func (u *unionFind) join(x, y uint32) {
	x, y = u.root(x), u.root(y)
	u.parent[max(x, y)] = min(x, y)
}

// bitset is a set of numbers at one bit a number.
type bitset []uint64

func newBitset(n uint32) bitset { return make(bitset, n/64+1) }

func (b bitset) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }
