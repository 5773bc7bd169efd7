package comments

// Note reads a line that a program shows in place of a comment's text or beside
// it, such as "removed by the author": the state that it tells, empty for none,
// and whether it consists of words of such notes alone.
func Note(line string) (state string, known bool) { return note(line) }
