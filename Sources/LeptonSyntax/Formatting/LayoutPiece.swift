/// A piece of a text that is being laid out, in the manner of Oppen's and Wadler's printers.
///
/// A group stands on one line if it fits there; else each of its own lines breaks.
enum LayoutPiece {
  /// A word of the text; a string may span lines.
  case text(String)
  /// A space.
  case space
  /// A space, or the end of a line where the group is broken.
  case line
  /// Nothing, or the end of a line where the group is broken.
  case softLine
  /// A space, or the end of a line where what follows up to the next piece of a line does not fit.
  case fillLine
  /// The end of a line, which breaks the groups around it.
  case hardLine
  /// An empty line, where a line ends here anyway.
  case blankLine
  /// Nothing, which breaks the groups around it.
  case forceBreak
  /// A comma where the group is broken.
  case comma
  case begin, end
  /// Lines that begin from here on stand so many steps further to the right.
  case indent(Int)
  /// A comment that ends its line, and the column in which it began.
  case remark(String, column: Int)
  /// A comment on a line of its own.
  case comment(String)
}

extension LayoutPiece {
  /// How wide the piece of a line is in a group that stands on one line; nothing for one that breaks it.
  var columnsInFlatGroup: Int? {
    switch self {
    case .line, .fillLine: 1
    case .softLine: 0
    default: nil
    }
  }
}
