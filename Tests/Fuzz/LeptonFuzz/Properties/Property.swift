import LeptonLibrary
import LeptonRuntime

/// Something that must hold whatever the input.
public struct Property {
  /// What it is called, which is also the folder of its findings.
  public let name: String
  /// Says what does not hold for an input, or nothing.
  public let complaint: ([UInt8]) -> String?

  init(_ name: String, complaint: @escaping ([UInt8]) -> String?) {
    self.name = name
    self.complaint = complaint
  }

  /// The names of all properties.
  public static let names = [
    "syntax", "form", "layout", "check", "evaluation", "notebook", "json", "frames",
    "readers",
  ]

  /// The property of a name, over the words of a library.
  public static func named(_ name: String, over library: Library) -> Property? {
    switch name {
    case "syntax": .syntax
    case "form": .form
    case "layout": .layout
    case "check": .check(library)
    case "evaluation": .evaluation(library)
    case "notebook": .notebook
    case "json": .json
    case "frames": .frames
    case "readers": .readers
    default: nil
    }
  }
}
