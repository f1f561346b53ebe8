import Glibc
import LeptonFiles

/// A file of wrong programs in Markdown: each program in a fence, and behind it a fence `text` with
/// all that whoever runs it is told.
struct GalleryFile: CustomStringConvertible {
  /// The file's name.
  let name: String
  /// The file as it stands.
  let text: String

  var description: String { name }

  /// The folder of the gallery.
  static let folder =
    #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Gallery"

  /// All files of the gallery.
  static let all: [GalleryFile] = names.sorted().compactMap { name in
    let broker = FileBroker(folder: folder, readable: [folder])
    return (try? broker.readText(name)).map { GalleryFile(name: name, text: $0) }
  }

  private static var names: [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0.hasSuffix(".md") && $0 != "README.md" }
  }

  /// A part of the file: lines as they are, or a program with what it is told.
  enum Part {
    case lines([Substring])
    case program(Program)
  }

  /// A wrong program.
  struct Program {
    /// The heading above it.
    var title: String
    /// The line of the file at which it begins.
    var line: Int
    /// Whether it is a whole notebook.
    var isNotebook: Bool
    /// The program itself.
    var text: String
    /// What the file says that it is told.
    var told: String
  }

  /// The parts, in order.
  var parts: [Part] {
    var reader = Reader(lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    return reader.parts()
  }

  /// The programs, in order.
  var programs: [Program] {
    parts.compactMap { if case .program(let program) = $0 { program } else { nil } }
  }

  /// The file with what the programs are told now.
  func rewritten() async throws -> String {
    var pieces: [String] = []
    for part in parts {
      switch part {
      case .lines(let lines): pieces.append(lines.joined(separator: "\n"))
      case .program(let program): pieces.append(try await program.markdown)
      }
    }
    return pieces.joined(separator: "\n")
  }
}

extension GalleryFile.Program {
  /// What whoever runs it is told.
  var answer: String {
    get async throws { try await Messages(of: text, isNotebook: isNotebook).text }
  }

  /// The program and what it is told, as the file holds them.
  fileprivate var markdown: String {
    get async throws {
      let fence = isNotebook ? "````" : "```"
      return """
        \(fence)\(isNotebook ? "markdown" : "lepton")
        \(text)
        \(fence)

        ```text
        \(try await answer)
        ```
        """
    }
  }
}

/// Cuts a file of the gallery into parts.
private struct Reader {
  let lines: [Substring]
  var position = 0
  var title = ""
  var plain: [Substring] = []
  var found: [GalleryFile.Part] = []

  mutating func parts() -> [GalleryFile.Part] {
    while position < lines.count {
      let line = lines[position]
      if line.hasPrefix("## ") { title = String(line.dropFirst(3)) }
      if line == "```lepton" || line == "````markdown" {
        found.append(.lines(plain))
        plain = []
        found.append(.program(program()))
      } else {
        plain.append(line)
        position += 1
      }
    }
    return found + [.lines(plain)]
  }

  private mutating func program() -> GalleryFile.Program {
    let first = position + 1
    let isNotebook = lines[position].hasPrefix("````")
    let text = content()
    let next = lines[position...].firstIndex { !$0.isEmpty } ?? position
    var told = ""
    if next < lines.count, lines[next] == "```text" {
      position = next
      told = content()
    }
    return GalleryFile.Program(
      title: title, line: first, isNotebook: isNotebook, text: text, told: told)
  }

  /// Reads what stands in the fence at hand and moves behind it.
  private mutating func content() -> String {
    let fence = lines[position].prefix { $0 == "`" }
    let start = position + 1
    let end = lines[start...].firstIndex { $0 == fence } ?? lines.count
    position = min(end + 1, lines.count)
    return lines[start..<end].joined(separator: "\n")
  }
}
