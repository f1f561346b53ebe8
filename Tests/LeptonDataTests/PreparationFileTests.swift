import Foundation
import LeptonData
import LeptonFiles
import Testing

/// What a preparation learned, written and read.
@Suite struct PreparationFileTests {
  private let table: DataTable
  private let fitted: FittedPreparation

  init() throws {
    table = try DataTable([
      .init("size", .numbers([1, nil, 3, 8])), .init("town", .texts(["a", "b", nil, "a"])),
    ])
    let steps = [
      step("impute", Imputing(.median, hasIndicator: true), ["size"]),
      step("scale", Standardizing(), ["size"]), step("encode", OneHotEncoding(), ["town"]),
    ]
    fitted = try Preparation(steps.map(Preparation.Stage.step)).fitted(to: table).preparation
  }

  private func read(_ text: String) throws -> FittedPreparation {
    try FittedPreparation(parsing: text, name: "m") { source in
      switch source {
      case "impute": step(source, Imputing(.median, hasIndicator: true), nil)
      case "scale": step(source, Standardizing(), nil)
      default: step(source, OneHotEncoding(), nil)
      }
    }
  }

  @Test("What is read prepares as what was written")
  func roundTrip() throws {
    let text = try #require(fitted.text)
    let back = try read(text)
    #expect(try back.applied(to: table) == fitted.applied(to: table))
    #expect(back.text == text)
    #expect(back.source == "impute >> scale >> encode")
  }

  @Test("Whatever the text, the answer is a preparation or an error")
  func damage() throws {
    let text = Array(try #require(fitted.text))
    for place in text.indices {
      for change in ["", "0", "]", "null"] {
        var damaged = text
        damaged.replaceSubrange(place...place, with: change)
        // What still reads may prepare otherwise, but does not trap.
        _ = try? read(String(damaged)).applied(to: table)
      }
      #expect(throws: (any Error).self) { try read(String(text.prefix(place))) }
    }
  }

  @Test("A step that learned too little is refused")
  func shortened() throws {
    let text = try #require(fitted.text)
    let range = try #require(
      text.range(of: "\"scale\",\"columns\":[\"size\"],\"learned\":[{\"numbers\":["))
    let rest = text[range.upperBound...]
    let end = try #require(rest.firstIndex(of: "]"))
    let short = text[..<range.upperBound] + "1" + text[end...]
    let error = #expect(throws: FileError.self) { try read(String(short)) }
    #expect(error?.code == "file/damaged")
  }
}

private func step(_ source: String, _ way: any Preparing, _ columns: [String]?) -> PreparationStep {
  PreparationStep(source: source, way: way, columns: columns)
}
