import Glibc
import LeptonFiles

/// A column for each word of a vocabulary, with how often it stands in a text, weighed by how rare it is
/// (Salton and Buckley 1988), as scikit-learn's `TfidfVectorizer` and `CountVectorizer`.
public struct TextCounting: Preparing, Equatable {
  private let pieces: TextPieces
  private let limit: Int?
  private let least: Int
  private let isWeighted: Bool

  /// Makes it: `limit` says how many words are kept, the most frequent ones, `least` in how many texts a
  /// word has to stand; without weights it only counts.
  public init(
    pieces: TextPieces = TextPieces(), limit: Int? = nil, least: Int = 1, isWeighted: Bool = true
  ) {
    self.pieces = pieces
    self.limit = limit
    self.least = least
    self.isWeighted = isWeighted
  }

  /// Texts.
  public func suits(_ values: ColumnValues) -> Bool {
    if case .texts = values { true } else { false }
  }

  /// A weight for each word.
  public func accepts(_ learned: [Learned]) -> Bool {
    learned.allSatisfy { $0.numbers.count == $0.texts.count }
  }

  /// The vocabulary in order, with the weight of each word.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    columns.map { column in
      var (totals, texts): ([TextKey: Int], [TextKey: Int]) = ([:], [:])
      let rows = column.values.texts
      for row in rows {
        let words = pieces.pieces(of: row).map(TextKey.init)
        for word in words { totals[word, default: 0] += 1 }
        for word in Set(words) { texts[word, default: 0] += 1 }
      }
      let known = totals.keys.filter { texts[$0, default: 0] >= least }.sorted().map(\.text)
      let vocabulary = limit.map { totals.mostFrequent($0, among: known) } ?? known
      let weights = vocabulary.map { word in
        isWeighted
          ? log(Double(1 + rows.count) / Double(1 + texts[TextKey(word), default: 0])) + 1 : 1
      }
      return Learned(numbers: weights, texts: vocabulary)
    }
  }

  /// The columns `text=word`; weighed rows have length 1.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    try zip(columns, learned).map { (column, learned) throws(FileError) in
      try column.checkRoom(for: learned.texts.count)
      let places = CategoryPlaces(learned.texts)
      let texts = column.values.texts
      var counts = [[Double]](
        repeating: Array(repeating: 0, count: texts.count), count: learned.texts.count)
      for (row, text) in texts.enumerated() {
        let found = pieces.pieces(of: text).compactMap { places[$0] }
        for place in found { counts[place][row] += learned.numbers[place] }
        guard isWeighted, !found.isEmpty else { continue }
        let different = Set(found)
        let length = different.reduce(0) { $0 + counts[$1][row] * counts[$1][row] }.squareRoot()
        for place in different { counts[place][row] /= length }
      }
      return zip(learned.texts, counts).map { word, numbers in
        .init(
          "\(column.name)=\(word)",
          isWeighted ? .numbers(Cells(numbers)) : .integers(Cells(numbers.map { Int($0) })))
      }
    }
  }
}
