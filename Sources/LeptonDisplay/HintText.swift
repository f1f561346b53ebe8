import LeptonSyntax

/// A heading and its sentence in one line below what is being typed.
public enum HintText {
  /// Writes the line, at most `width` columns wide.
  ///
  /// Of a heading that is too long the part around the argument that is being typed stays.
  public static func line(
    heading: String, summary: String, argument: Int, width: Int
  ) -> String {
    let heading = Escaping.visible(heading)
    if displayWidth(of: heading) <= width {
      let room = width - displayWidth(of: heading) - 3
      guard room > 8 else { return heading }
      return "\(heading) · \(Layout.shortened(Escaping.visible(summary), to: room))"
    }
    let start = place(of: argument, in: heading)
    guard start > width / 3, let open = heading.firstIndex(of: "(") else {
      return Layout.shortened(heading, to: width)
    }
    let rest = heading.dropFirst(start)
    return Layout.shortened("\(heading[...open])… \(rest)", to: width)
  }

  /// How many characters stand before a parameter.
  private static func place(of argument: Int, in heading: String) -> Int {
    var (depth, commas) = (0, 0)
    for (index, character) in heading.enumerated() {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "," where depth == 1:
        commas += 1
        if commas == argument { return index + 2 }
      default: break
      }
    }
    return 0
  }
}
