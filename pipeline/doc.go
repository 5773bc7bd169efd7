// Package pipeline is the build: it carries documents through the stages of
// the design, plan → read → extract → normalize → assemble → privacy → rights
// → resolve → write → document → seal, each in a folder of its own.
//
// Read to normalize run once a document, assemble to rights once a thread, on
// any number of workers and in any order; what needs the whole corpus sorts on
// disk between them. The package must never let order, time, path or worker
// reach an output, nor write outside the version's folder, the lock and the
// folder for temporary files.
package pipeline

// ToolVersion is the version of the tool that the lock and the manifest name.
// It changes with every change of the bytes that a build writes.
const ToolVersion = "0.1.0"
