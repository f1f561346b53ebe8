import Glibc
import LeptonFiles

/// A file of calls with the results that NumPy gives, written by `make oracle`.
///
/// `= sum 1e-06 1e-15` starts the cases of a word and names the tolerances of its float32 and
/// float64 results; each line after it is a call, a tab and the Lepton of its result, or `!`.
struct GoldenFile {
  /// A word with its cases.
  struct Word: CustomStringConvertible, Sendable {
    let name: String
    let tolerance: Tolerance
    var cases: [Case] = []
    var description: String { name }
  }

  /// A call and what it must give; `nil` if it must fail.
  struct Case: Sendable {
    let call: String
    let result: String?
  }

  /// The words of all files.
  static let words: [Word] = families.flatMap { family in
    GoldenFile(family: family).map(\.words) ?? []
  }

  /// The families that have a golden file.
  static let families = names(in: "golden", ".gz")
  /// The families that the oracle can write.
  static let programs = names(in: "generate", ".py").filter { $0 != "oracle" && $0 != "__main__" }

  private static let room =
    #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/"
  private static let folder = room + "golden"
  /// Where the optimizers and schedules have their files, and the program that their calls need.
  private static let learning = room + "learning"

  /// The files of a folder with an ending, without it.
  private static func names(in folder: String, _ ending: String) -> [String] {
    guard let stream = opendir(room + folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending) { names.append(String(name.dropLast(ending.count))) }
    }
    return names.sorted()
  }

  let words: [Word]

  /// The calls of a kind that are compared with what PyTorch and Optax give.
  static func learning(_ kind: String) -> Word? {
    GoldenFile(family: kind, in: learning)?.words.first
  }

  /// The program on which those calls stand.
  static var problem: String? {
    try? FileBroker(folder: learning, readable: [learning]).readText("problem.lep")
  }

  /// Reads the file of a family; `nil` if there is none.
  init?(family: String, in folder: String = Self.folder) {
    let broker = FileBroker(folder: folder, readable: [folder])
    guard let packed = try? broker.read("\(family).gz"), let bytes = try? gunzip(packed) else {
      return nil
    }
    var words: [Word] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.hasPrefix("= ") {
        guard let word = Word(line.split(separator: " ")) else { return nil }
        words.append(word)
      } else if let tab = line.firstIndex(of: "\t"), !words.isEmpty {
        let result = String(line[line.index(after: tab)...])
        words[words.count - 1].cases.append(
          Case(call: String(line[..<tab]), result: result == "!" ? nil : result))
      }
    }
    self.words = words
  }
}

extension GoldenFile.Word {
  fileprivate init?(_ heading: [Substring]) {
    guard heading.count == 4, let single = Double(heading[2]), let double = Double(heading[3])
    else { return nil }
    name = String(heading[1])
    tolerance = Tolerance(single: single, double: double)
  }
}
