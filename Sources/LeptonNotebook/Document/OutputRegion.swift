/// What a run adds to a notebook stands between two HTML comments, and the next run replaces it.
///
/// A region is a blank line, the opening comment, the content between blank lines, and the closing
/// comment; taking all regions out of a report gives the notebook it was made of.
package enum OutputRegion: String, CaseIterable {
  /// What is wrong with the whole notebook; behind the front matter.
  case failures
  /// The parameters and their values; behind the first heading.
  case parameters
  /// What a cell gave, or how an expectation was missed; behind its fence.
  case out
  /// What did not pass, and the metrics; at the end.
  case summary

  /// The comment that opens the region.
  package var opening: String { "<!-- lepton:\(rawValue) -->" }
  /// The comment that closes any region.
  package static let end = "<!-- lepton:end -->"

  /// Puts content into a region; no content gives no region.
  package func text(_ content: String) -> String {
    content.isEmpty ? "" : "\n\(opening)\n\n\(content)\n\n\(Self.end)\n"
  }

  /// The region that a comment opens.
  package init?(opening comment: String) {
    guard let region = Self.allCases.first(where: { $0.opening == comment }) else { return nil }
    self = region
  }
}
