/// One instruction: four bytes, of which the first is the operation and the others name registers
/// or constants.
///
/// Some operations are followed by a word that is no instruction: a distance to jump, an index.
struct Instruction {
  /// The bytes.
  let word: UInt32

  /// Makes an instruction of an operation and up to three bytes.
  init(_ operation: Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    word =
      UInt32(operation.rawValue) | UInt32(a & 255) << 8 | UInt32(b & 255) << 16
      | UInt32(c & 255) << 24
  }

  /// Makes an instruction of an operation, a byte and a number of sixteen bits.
  init(_ operation: Operation, _ a: Int, wide: Int) {
    self.init(operation, a, wide & 255, wide >> 8)
  }

  /// Reads an instruction.
  @inline(__always) init(word: UInt32) { self.word = word }

  /// What to do.
  @inline(__always) var operation: Operation {
    unsafeBitCast(UInt8(truncatingIfNeeded: word), to: Operation.self)
  }
  /// The first operand, most often the register that gets the result.
  @inline(__always) var a: Int { Int((word >> 8) & 255) }
  /// The second operand.
  @inline(__always) var b: Int { Int((word >> 16) & 255) }
  /// The third operand.
  @inline(__always) var c: Int { Int(word >> 24) }
  /// The second and the third operand as one number from 0.
  @inline(__always) var wide: Int { Int(word >> 16) }
  /// The second and the third operand as one number that may be negative.
  @inline(__always) var signed: Int { Int(Int16(truncatingIfNeeded: word >> 16)) }
}

/// The operations of the machine: the one table of them.
///
/// `R` is a register, `K` a constant of the function, `next` the word behind the instruction. A
/// register that only holds the result of a part of an expression is emptied by whoever reads it.
enum Operation: UInt8, CaseIterable {
  // Values
  /// `R[a] = K[wide]`
  case loadConstant
  /// `R[a] = signed`
  case loadInt
  /// `R[a] = nothing`
  case loadNothing
  /// `R[a] = true`
  case loadTrue
  /// `R[a] = false`
  case loadFalse
  /// `R[a] = R[b]`
  case move
  /// `R[a] = R[b]`, and `R[b]` is empty from now on
  case take
  /// `R[a] = R[wide]`, where the register may stand outside the first 256
  case loadFar
  /// `R[wide] = R[a]`
  case storeFar
  /// `R[a]` = the captured value `wide`; an error if there was none when the function was made
  case loadCapture
  /// An error if `R[a]` has no value yet; `next` is the constant with its name
  case checkSet
  /// `R[wide]` has no value from now on
  case unset

  // Functions
  /// `R[a]` = a new group of the functions in `groups[wide]`
  case newGroup
  /// `R[a]` = the function `wide` of this function's own group
  case loadSibling
  /// `R[a]` = a function of `prototypes[wide]`, which captures now
  case makeClosure
  /// `R[a]` = the function `c` of the group in `R[b]`, which captures now
  case define
  /// `R[a] = R[a](R[a+1] … R[a+b])`
  case call
  /// `R[a] = word(R[a+1] … R[a+b])`; `next` is the constant with the word
  case callWord
  /// `R[a] = word(R[a+1] … R[a+b])` where argument `c` is taken out of the variable that `next` names
  /// (its high half; the low half is the constant with the word), to be changed in place
  case callUpdating
  /// Adds `R[b]` to the list in the variable `R[c]`, which is what the word does that the constant `next`
  /// is; it is called, from `R[a]` on, with anything else
  case pushElement
  /// `R[a] = sibling(R[a+1] … R[a+b])`; `next` is its place in this function's group
  case callSibling
  /// `R[a] = R[a](…)` with `b` values of which some have names; `next` is the call shape
  case callNamed
  /// `R[a] = R[a+1].name(…)`: the field if there is one, else the function in `R[a]`; `b` values, the
  /// receiver among them; `next` is the call shape
  case callMethod
  /// `R[c] = R[c].name(…)`, where `R[a]` gets the result: as `callMethod`, but a receiver that can have
  /// no fields is taken out of its variable `R[c]`, to be changed in place
  case callUpdatingMethod
  /// Returns `R[a]`
  case returnValue
  /// If parameter `R[a]` was given, jumps by `next`: behind the code of its default
  case jumpIfGiven
  /// Checks the shape of parameter `R[a]` against `patterns[wide]` and binds its names
  case checkShape

  // Arithmetic
  /// `R[a] = R[b] + R[c]`
  case add
  /// `R[a] = R[b] - R[c]`
  case subtract
  /// `R[a] = R[b] * R[c]`
  case multiply
  /// `R[a] = R[b] / R[c]`
  case divide
  /// `R[a] = R[b] // R[c]`
  case floorDivide
  /// `R[a] = R[b] % R[c]`
  case remainder
  /// `R[a] = R[b] ^ R[c]`
  case power
  /// `R[a] = R[b] @ R[c]`
  case matmul
  /// `R[a] = R[b] >> R[c]`
  case compose
  /// `R[a] = R[b] + K[c]`
  case addConstant
  /// `R[a] = R[b] - K[c]`
  case subtractConstant
  /// `R[a] = R[b] * K[c]`
  case multiplyConstant
  /// `R[a] = R[b] / K[c]`
  case divideConstant
  /// `R[a] = R[b] // K[c]`
  case floorDivideConstant
  /// `R[a] = R[b] % K[c]`
  case remainderConstant
  /// `R[a] = R[b] ^ K[c]`
  case powerConstant
  /// `R[a] = -R[b]`
  case negate
  /// `R[a] = not R[b]`
  case not
  /// `R[a] = R[b] and R[c]`, both evaluated
  case and
  /// `R[a] = R[b] or R[c]`, both evaluated
  case or

  // Comparisons
  /// `R[a] = R[b] == R[c]`
  case equal
  /// `R[a] = R[b] != R[c]`
  case notEqual
  /// `R[a] = R[b] < R[c]`
  case less
  /// `R[a] = R[b] <= R[c]`
  case lessOrEqual
  /// `R[a] = R[b] > R[c]`
  case greater
  /// `R[a] = R[b] >= R[c]`
  case greaterOrEqual
  /// `R[a] = R[b] in R[c]`
  case isIn

  // Jumps; `next` is the distance from the word behind it
  /// Jumps
  case jump
  /// Jumps backwards, and sees to interruption and signs of life
  case loop
  /// Jumps if `R[a]` is true
  case jumpIfTrue
  /// Jumps if `R[a]` is false
  case jumpIfFalse
  /// Jumps if `R[a]` is the scalar `false`; a tensor goes on
  case jumpIfScalarFalse
  /// Jumps if `R[a]` is the scalar `true`; a tensor goes on
  case jumpIfScalarTrue
  /// Jumps unless `R[b] < R[c]`
  case jumpUnlessLess
  /// Jumps unless `R[b] <= R[c]`
  case jumpUnlessLessOrEqual
  /// Jumps unless `R[b] == R[c]`
  case jumpUnlessEqual
  /// Jumps unless `R[b] < K[c]`
  case jumpUnlessLessConstant
  /// Jumps unless `R[b] <= K[c]`
  case jumpUnlessLessOrEqualConstant
  /// Jumps unless `R[b] > K[c]`
  case jumpUnlessGreaterConstant
  /// Jumps unless `R[b] >= K[c]`
  case jumpUnlessGreaterOrEqualConstant
  /// Jumps unless `R[b] == K[c]`
  case jumpUnlessEqualConstant
  /// Makes `R[a]` ready to be gone through, with `R[a+1]` and `R[a+2]` as its state
  case prepareLoop
  /// The same for the range of the ints `R[b+1] … R[b+c]`, which the word makes that the constant `next`
  /// is; it is called, from `R[b]` on, where it is no range
  case prepareRange
  /// `R[b]` = the next element of `R[a]`, or jumps behind the loop
  case nextElement
  /// The same at the end of a turn: sees to interruption and signs of life, and jumps back to the
  /// beginning of the next turn if there is an element for it
  case nextTurn
  /// `R[a] … R[a+c-1]` = the `c` parts of `R[b]`
  case unpack

  // Lists, records, strings, indices
  /// `R[a] = [R[a] … R[a+b-1]]`
  case makeList
  /// Adds `R[a+1] … R[a+b]` to the list in `R[a]`
  case extendList
  /// Adds `R[b]` to the list in `R[a]`
  case append
  /// `R[a]` = a record of the names `names[next]` and the values `R[a] …`
  case makeRecord
  /// Adds to the record in `R[a]` the names `names[next]` and the values `R[a+1] …`
  case extendRecord
  /// `R[a]` = the text of `R[b]` in the format `K[next]`
  case formatText
  /// `R[a]` = the strings `R[a] … R[a+b-1]`, joined
  case joinText
  /// `R[a] = R[b][R[c]]`
  case index
  /// `R[a] = R[b][R[c]][R[next]]`, where `R[b]` is a variable; the place of the word behind is that of the
  /// second index
  case indexNested
  /// `R[a] = R[b][…]` with the subscripts `subscripts[next]` and their values in `R[c] …`
  case indexMany
  /// `R[a] = R[b].name`: the low half of `next` is the number of the name, the high half the place that
  /// the name had in the record of the last time
  case field
  /// `R[a] = R[b].name.name`, with two words as for `field` behind it, whose place is that of the second
  /// name; `R[c]` is for what stands between
  case fieldNested
  /// `R[a][R[b]] = R[c]`
  case updateElement
  /// `R[a].name = R[b]`, with `next` as for `field`
  case updateField
  /// Updates the variable `R[a]` along `paths[next]`: the keys stand in `R[b] …`, the value in `R[c]`
  case update

  // Statements
  /// Shows `R[a]`
  case show
  /// Records `R[a]` under the name `K[wide]`
  case recordMetric
  /// Tells whether `R[a]` holds, as `expectations[wide]` says
  case expect
  /// `R[a]` = the module `modules[wide]`
  case importModule
}
