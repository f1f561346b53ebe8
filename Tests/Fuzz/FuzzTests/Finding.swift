import LeptonFuzz

/// An input for which a property did not hold once, in a folder named for the property.
struct Finding: CustomStringConvertible, Sendable {
  let property: String
  let path: String

  var description: String { path }

  var input: [UInt8] { Repository.bytes("Tests/Fuzz/Findings/" + path) ?? [] }

  /// All findings.
  static let all: [Finding] = Repository.paths(under: "Tests/Fuzz/Findings").compactMap { path in
    let parts = path.split(separator: "/")
    return parts.count == 2 ? Finding(property: String(parts[0]), path: path) : nil
  }
}
