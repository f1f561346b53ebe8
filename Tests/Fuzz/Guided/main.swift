import Glibc
import LeptonFuzz
import LeptonLibrary
import LeptonLink

// The guided fuzzer: libFuzzer changes inputs so that they reach more of the code. The first argument
// is the property, the others are libFuzzer's own.

/// libFuzzer's own program, in its runtime.
@_silgen_name("LLVMFuzzerRunDriver")
nonisolated func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What is tried.
enum Trial {
  nonisolated(unsafe) private static let property: Property = {
    let name = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : ""
    guard let property = Property.named(name, over: .standard()) else {
      print("the first argument is one of \(Property.names.joined(separator: ", "))")
      exit(2)
    }
    return property
  }()

  nonisolated static func run(_ input: [UInt8]) {
    guard let complaint = property.complaint(input) else { return }
    print("finding: \(complaint)")
    fflush(nil)
    abort()
  }
}

/// Tries one input; under this name libFuzzer's own program wants it too.
@_cdecl("LLVMFuzzerTestOneInput")
nonisolated func tryOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Trial.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

_ = BigStackThread.start {
  let texts = CommandLine.arguments.dropFirst().map { strdup($0) } + [nil]
  var arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: texts.count)
  arguments.initialize(from: texts, count: texts.count)
  var count = Int32(texts.count - 1)
  exit(
    runDriver(&count, &arguments, tryOne))
}
while true { sleep(1000) }
