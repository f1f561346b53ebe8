import LeptonSession

/// What a training tells while it goes on, gathered for the line of progress and the table at its end.
public struct TrainingCourse {
  /// How many losses the trail keeps.
  private static let longestTrail = 512
  /// How many rows the table has at most.
  private static let mostRows = 12

  /// The losses so far, thinned out where there are many.
  public private(set) var trail: [Double] = []
  private var stride = 1
  private var count = 0
  /// The last that was told of each epoch.
  private var epochs: [Progress] = []

  /// Begins with nothing.
  public init() {}

  /// Takes note of how far a training is.
  public mutating func note(_ progress: Progress) {
    guard progress.epochs > 0 else { return }
    if let last = epochs.last, progress.epoch < last.epoch { self = TrainingCourse() }
    if epochs.last?.epoch == progress.epoch { epochs.removeLast() }
    epochs.append(progress)
    guard let loss = progress.measures.first?.value else { return }
    if count % stride == 0 { trail.append(loss) }
    count += 1
    guard trail.count > Self.longestTrail else { return }
    trail = trail.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    stride *= 2
  }

  /// A row for each epoch, or for some of many; nothing if nothing was trained.
  public var table: Table? {
    guard let last = epochs.last else { return nil }
    let validated = epochs.last { !$0.validation.isEmpty }?.validation ?? []
    let measured = last.measures + validated
    let step = max(1, (epochs.count + Self.mostRows - 1) / Self.mostRows)
    let shown = epochs.enumerated().filter {
      $0.offset == 0 || ($0.offset + 1) % step == 0 || $0.offset + 1 == epochs.count
    }.map(\.element)
    let rows = shown.map { progress -> [Table.Cell] in
      let measures = measured.map { column -> Table.Cell in
        (progress.measures + progress.validation).first { $0.name == column.name }.map {
          .float($0.value)
        } ?? .missing
      }
      return [.int(progress.epoch)] + measures + [.float(progress.seconds)]
    }
    let losses = epochs.compactMap { $0.measures.first?.value }
    return Table(
      title: "\(last.task): \(measured.first?.name ?? "") \(Sparkline.text(of: losses, width: 40))",
      columns: [.init("epoch")]
        + measured.map { .init($0.name, $0.format == .general ? .fixed(digits: 4) : $0.format) }
        + [.init("seconds", .fixed(digits: last.seconds < 1 ? 3 : 2))], rows: rows)
  }
}
