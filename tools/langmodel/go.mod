module corpus/tools/langmodel

go 1.26.0

require corpus v0.0.0

replace corpus => ../..

require (
	github.com/pemistahl/lingua-go v1.4.0
	golang.org/x/net v0.62.0
	golang.org/x/text v0.43.0
	google.golang.org/protobuf v1.36.11
)

require github.com/klauspost/compress v1.19.2 // indirect
