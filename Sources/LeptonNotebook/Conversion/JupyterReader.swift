import LeptonJSON

/// Makes the text of a notebook of a Jupyter notebook (nbformat 4).
public struct JupyterReader {
  /// A part of the text.
  fileprivate enum Piece {
    /// Prose that gets the usual blank lines.
    case prose(String)
    /// A fence that gets the usual blank line before it, unless it says otherwise.
    case fence(String, before: String?)
    /// Text as it is.
    case exact(String)
  }

  private let name: String
  private var pieces: [Piece] = []
  private var end = ""
  private var front = ""

  /// Reads a file.
  ///
  /// - Throws: `RunRefusal` if it is no Jupyter notebook of format 4, or one for another language.
  public static func text(of bytes: [UInt8], name: String) throws(RunRefusal) -> String {
    var reader = JupyterReader(name: name)
    try reader.read(bytes)
    return reader.front + reader.assembled
  }

  private init(name: String) { self.name = name }

  private mutating func read(_ bytes: [UInt8]) throws(RunRefusal) {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch {
      throw refusal("convert/json", "this is no JSON: \(error)")
    }
    guard json["nbformat"]?.intValue == 4, let cells = json["cells"]?.arrayValue else {
      throw refusal("convert/format", "this is no Jupyter notebook of format 4")
    }
    let language = json["metadata"]?["kernelspec"]?["language"]?.stringValue
    if let language, language != "lepton" {
      throw refusal("convert/language", "its cells are written in \(language), not in Lepton")
    }
    front = json["metadata"]?["lepton"]?["front_matter"]?.stringValue ?? ""
    end = json["metadata"]?["lepton"]?["end"]?.stringValue ?? ""
    for (index, cell) in cells.enumerated() { try read(cell, number: index + 1) }
  }

  private mutating func read(_ cell: JSON, number: Int) throws(RunRefusal) {
    guard let type = cell["cell_type"]?.stringValue, let source = Self.text(cell["source"]) else {
      throw refusal("convert/format", "cell \(number) has no type or no source")
    }
    let own = cell["metadata"]?["lepton"]
    switch type {
    case "markdown", "raw":
      let exact = own?["text"]?.stringValue
      pieces.append(exact?.trimmedLines == source ? .exact(exact ?? "") : .prose(source))
    case "code" where own?["generated"] == true: return
    case "code": read(code: source, own, tags: cell["metadata"]?["tags"]?.arrayValue ?? [])
    default: throw refusal("convert/format", "cell \(number) is of an unknown type `\(type)`")
    }
  }

  private mutating func read(code: String, _ own: JSON?, tags: [JSON]) {
    let before = own?["before"]?.stringValue
    if let fence = own?["fence"]?.stringValue, Self.code(of: fence) == code {
      pieces.append(.fence(fence, before: before))
    } else {
      let info = own?["info"]?.stringValue ?? Self.info(of: tags.compactMap(\.stringValue))
      pieces.append(.fence(JupyterSpacing.cell(info, code), before: before))
    }
    for expectation in own?["expect"]?.arrayValue ?? [] {
      guard let text = expectation["text"]?.stringValue else { continue }
      pieces.append(.fence(text, before: expectation["before"]?.stringValue))
    }
  }

  private var assembled: String {
    var text = ""
    for (index, piece) in pieces.enumerated() {
      let next = index + 1 < pieces.count ? pieces[index + 1] : nil
      switch piece {
      case .prose(let core):
        text += JupyterSpacing.prose(core, isFirst: index == 0, beforeFence: next?.isFence ?? false)
      case .exact(let exact): text += exact
      case .fence(let fence, let before):
        let follows = index > 0 ? pieces[index - 1].isFence : false
        text += (before ?? (follows ? "\n" : "")) + fence
      }
    }
    return text + end
  }

  /// The code inside of a fence, without its last line end.
  private static func code(of fence: String) -> String? {
    Notebook(parsing: fence, name: "").cells.first?.code.withoutLastLineEnd
  }

  /// The attributes that tags stand for.
  private static func info(of tags: [String]) -> String {
    let plain = tags.filter { tag in
      tag != "raises-exception" && tag != "parameters" && !tag.contains { " ,=\"#".contains($0) }
    }
    return (plain.isEmpty ? "" : " tags=\(plain.joined(separator: ","))")
      + (tags.contains("raises-exception") ? " allow-error" : "")
  }

  /// A text, which nbformat keeps whole or as lines.
  private static func text(_ json: JSON?) -> String? {
    if let text = json?.stringValue { return text }
    guard let lines = json?.arrayValue else { return nil }
    let texts = lines.compactMap(\.stringValue)
    return texts.count == lines.count ? texts.joined() : nil
  }

  private func refusal(_ code: String, _ message: String) -> RunRefusal {
    RunRefusal(.unreadable, "\(name): error[\(code)]: \(message)")
  }
}

extension JupyterReader.Piece {
  fileprivate var isFence: Bool { if case .fence = self { true } else { false } }
}
