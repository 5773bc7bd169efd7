module corpus/tools/langmodel

go 1.26.0

require (
	corpus v0.0.0
	github.com/pemistahl/lingua-go v1.4.0
)

replace corpus => ../..
