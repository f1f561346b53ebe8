import LeptonSyntax

/// The code of a function while it is being compiled.
struct CodeBuffer {
  /// Instructions and the words among them.
  private(set) var words: [UInt32] = []
  /// Where instructions begin.
  private var starts: [Int] = []
  /// Where the expression of each word stands.
  private(set) var spans: [Span] = []
  /// The constants, each of which holds a count.
  private(set) var constants: [Slot] = []
  /// The names that stand behind dots.
  private(set) var fieldNames: [String] = []
  private var numbers: [NumberKey: Int] = [:]
  /// By their bytes, since Swift holds composed and decomposed letters for the same.
  private var strings: [[UInt8]: Int] = [:]
  private var names: [[UInt8]: Int] = [:]

  /// What makes two numbers the same constant: tag and bits.
  private struct NumberKey: Hashable {
    let tag: UInt64
    let bits: UInt64
  }

  /// The position of the next word.
  var position: Int { words.count }

  /// Adds an instruction.
  mutating func emit(_ instruction: Instruction, at span: Span) {
    starts.append(position)
    words.append(instruction.word)
    spans.append(span)
  }

  /// Adds a word behind an instruction.
  mutating func emit(next word: Int, at span: Span) {
    words.append(UInt32(truncatingIfNeeded: word))
    spans.append(span)
  }

  /// Puts instructions before everything else; jumps are relative and stay right.
  mutating func prepend(_ instructions: [Instruction], at span: Span) {
    words.insert(contentsOf: instructions.map(\.word), at: 0)
    spans.insert(contentsOf: instructions.map { _ in span }, at: 0)
    starts = Array(instructions.indices) + starts.map { $0 + instructions.count }
  }

  /// Lets a jump to a return return at once, and a return of a copy return what was copied.
  mutating func shortenReturns() {
    for place in starts.reversed() {
      let instruction = Instruction(word: words[place])
      switch instruction.operation {
      case .jump:
        let target = place + 2 + Int(Int32(bitPattern: words[place + 1]))
        if let result = returned(at: target) {
          words[place] = Instruction(.returnValue, result).word
        }
      case .move, .take:
        if returned(at: place + 1) == instruction.a {
          words[place] = Instruction(.returnValue, instruction.b).word
        }
      default: break
      }
    }
  }

  /// The register that the instruction at a place returns, if it does.
  private func returned(at place: Int) -> Int? {
    guard place < words.count else { return nil }
    let instruction = Instruction(word: words[place])
    return instruction.operation == .returnValue ? instruction.a : nil
  }

  /// Makes the jump whose distance stands at `place` lead to `target`.
  mutating func patch(_ place: Int, to target: Int) {
    words[place] = UInt32(bitPattern: Int32(truncatingIfNeeded: target - (place + 1)))
  }

  /// The index of a constant; equal numbers and strings share one.
  mutating func constant(_ value: Value) -> Int {
    switch value {
    case .string(let text):
      let bytes = Array(text.utf8)
      if let index = strings[bytes] { return index }
      strings[bytes] = constants.count
    case .int, .float, .bool, .nothing:
      let slot = Slot(value)
      let key = NumberKey(tag: slot.tag, bits: slot.bits)
      if let index = numbers[key] { return index }
      numbers[key] = constants.count
    default: break
    }
    constants.append(Slot(value))
    return constants.count - 1
  }

  /// The number of a name behind a dot.
  mutating func number(ofName name: String) -> Int {
    let bytes = Array(name.utf8)
    if let number = names[bytes] { return number }
    names[bytes] = fieldNames.count
    fieldNames.append(name)
    return fieldNames.count - 1
  }
}
