/// Inputs for a property: the same number gives the same input as long as words, cases and notebooks
/// stay the same.
public struct Inputs {
  private let vocabulary: Vocabulary

  /// Makes inputs out of what there is.
  public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// The input of a number.
  public func input(_ number: UInt64, for property: String) -> [UInt8] {
    var dice = Dice(seed: number &* 0x2545_F491_4F6C_DD1D)
    var documents = DocumentWriter(
      program: ProgramWriter(vocabulary, dice: Dice(seed: dice.next())))
    switch property {
    case "notebook":
      let text =
        dice.happens(60) ? documents.notebook() : dice.pick(vocabulary.notebooks + [""])
      return perhapsChanged(Array(text.utf8), &dice)
    case "json": return perhapsChanged(Array(documents.json().utf8), &dice)
    case "frames": return perhapsChanged(documents.frames(), &dice)
    case "readers":
      let file = dice.pick(FileSamples.all)
      return Mutation.changingBytes(of: file, &dice)
    default: return Array(program(number, documents.program, &dice).utf8)
    }
  }

  private func program(_ number: UInt64, _ writer: ProgramWriter, _ dice: inout Dice) -> String {
    var writer = writer
    switch dice.below(10) {
    case 0...3: return writer.program()
    case 4, 5: return writer.calls(ofWordAt: Int(truncatingIfNeeded: number & 0xFFFF_FFFF))
    case 6: return Mutation.changed(writer.program(), writer, &dice)
    default:
      let cells = (0..<(1 + dice.below(2))).map { _ in dice.pick(vocabulary.cells + ["1"]) }
      return Mutation.changed(cells.joined(separator: "\n"), writer, &dice)
    }
  }

  private func perhapsChanged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    dice.happens(50) ? Mutation.changingBytes(of: bytes, &dice) : bytes
  }
}
