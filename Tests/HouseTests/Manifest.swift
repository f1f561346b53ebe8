/// The targets of `Package.swift` and what they depend on.
enum Manifest {
  /// What each target names as its dependencies.
  static let dependencies: [String: Set<String>] = {
    let text = SourceTree.text("Package.swift") ?? ""
    var dependencies: [String: Set<String>] = [:]
    let target =
      #"\.(?:target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"([^"]+)"(?:,\s*dependencies:\s*\[([^\]]*)\])?"#
    for match in text.matches(target) {
      let names = match.groups[1].matches(#"(?<!package: )"([^"]+)""#)
      dependencies[match.groups[0]] = Set(names.map { $0.groups[0] })
    }
    return dependencies
  }()

  /// All that a target brings with it.
  static func closure(of target: String) -> Set<String> {
    var found: Set<String> = []
    var open = [target]
    while let next = open.popLast() {
      open += (dependencies[next] ?? []).subtracting(found)
      found.formUnion(dependencies[next] ?? [])
    }
    return found
  }
}
