import Glibc
import LeptonFuzz
import LeptonLibrary
import LeptonLink
import LeptonRuntime

// The generator's campaign. Tests/Fuzz/README.md tells how it is used.

let usage = """
  lepton-fuzz run PROPERTY FROM SECONDS [COUNT]   tries the inputs of the numbers from FROM on
  lepton-fuzz show PROPERTY NUMBER                prints an input
  lepton-fuzz try PROPERTY                        tries standard input
  lepton-fuzz corpus PROPERTY FOLDER COUNT        writes inputs as files, for the guided fuzzer
  lepton-fuzz words                               writes a dictionary for the guided fuzzer
  """

/// What programs may take, so that several campaigns do not take the machine's memory.
var addressSpace = rlimit(rlim_cur: 6 << 30, rlim_max: 6 << 30)
setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &addressSpace)

/// The thread has room for deep recursion, as the worker's has.
_ = BigStackThread.start { exit(command(Array(CommandLine.arguments.dropFirst()))) }
while true { sleep(1000) }

nonisolated func command(_ arguments: [String]) -> Int32 {
  let library = Library.standard()
  let inputs = Inputs(Vocabulary(library))
  let number = arguments.count > 2 ? UInt64(arguments[2]) : nil
  let property = arguments.count > 1 ? Property.named(arguments[1], over: library) : nil
  switch (arguments.first, property, number) {
  case ("run", let property?, let number?) where arguments.count > 3:
    let count = arguments.count > 4 ? UInt64(arguments[4]) : nil
    return Campaign(property: property, inputs: inputs)
      .run(from: number, seconds: Double(arguments[3]) ?? 1, count: count ?? .max)
  case ("show", let property?, let number?):
    print(String(decoding: inputs.input(number, for: property.name), as: UTF8.self))
    return 0
  case ("try", let property?, _):
    Watch.begin()
    guard let complaint = property.complaint(standardInput()) else { return 0 }
    print(complaint)
    return 1
  case ("corpus", let property?, _) where arguments.count > 3:
    return writeCorpus(property, inputs, folder: arguments[2], count: UInt64(arguments[3]) ?? 0)
  case ("words", _, _):
    for word in Vocabulary(library).names { print("\"\(word)\"") }
    return 0
  default:
    print(usage)
    return 2
  }
}

nonisolated func standardInput() -> [UInt8] {
  var bytes: [UInt8] = []
  while let line = readLine(strippingNewline: false) { bytes += line.utf8 }
  return bytes
}

nonisolated func writeCorpus(
  _ property: Property, _ inputs: Inputs, folder: String, count: UInt64
) -> Int32 {
  for number in 0..<count {
    guard let file = fopen("\(folder)/\(number)", "w") else { return 1 }
    let input = inputs.input(number, for: property.name)
    fwrite(input, 1, input.count, file)
    fclose(file)
  }
  return 0
}
