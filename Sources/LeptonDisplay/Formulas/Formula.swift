/// A formula as a tree.
///
/// `init(tex:)` reads it, `mathML` writes it for a page, `line` for a terminal.
package indirect enum Formula: Hashable, Sendable {
  /// Parts, one after the other.
  case row([Formula])
  /// A variable, or a name of several letters; a single letter is slanted unless it is to be upright.
  case name(String, isUpright: Bool)
  /// A number without sign.
  case number(String)
  /// An operator, a relation, a bracket, a mark.
  case sign(String, Role)
  /// A function that is written out, as `log`.
  case function(String, takesLimits: Bool)
  /// Words between.
  case text(String)
  /// A gap of so many widths of an m.
  case space(Double)
  /// One above the other; without a rule, a binomial's two numbers.
  case fraction(Formula, Formula, isRuled: Bool)
  /// A square root, or one of a degree.
  case root(Formula, degree: Formula?)
  /// What stands below and above right of something, or right below and above a sum.
  case script(Formula, below: Formula?, above: Formula?)
  /// What stands small right below or above anything.
  case stack(Formula, below: Formula?, above: Formula?)
  /// A mark over something, or under it.
  case accent(Formula, Accent)
  /// Something between brackets as tall as it; an empty text is no bracket.
  case fence(String, Formula, String)
  /// A bracket of a height in widths of an m.
  case bracket(String, height: Double)
  /// Rows of cells.
  case grid(Grid)
  /// Something whose letters are of a style.
  case styled(Formula, LetterStyle)
  /// Something in a frame.
  case boxed(Formula)
  /// Room as large as something.
  case phantom(Formula)
  /// Something as large as in a line of its own, or as small as between words.
  case style(Formula, isDisplayed: Bool)

  /// What a sign does in its row.
  package enum Role: Hashable, Sendable {
    case ordinary, binary, relation, opening, closing, punctuation
    /// A sum, or another sign that is larger in a line of its own.
    case large(takesLimits: Bool)
  }

  /// A mark over something, or under it.
  package struct Accent: Hashable, Sendable {
    /// The mark as it stands alone.
    var sign: String
    /// The mark as it joins the letter before it; nothing where there is none.
    var combining: Character?
    /// Whether it is as wide as what it marks.
    var isWide = false
    /// Whether it stands below.
    var isBelow = false
    /// Whether what is written above or below of the whole stands right above or below the mark.
    var takesLimits = false
  }

  /// Rows of cells.
  package struct Grid: Hashable, Sendable {
    /// The cells of each row.
    var rows: [[Formula]]
    /// How the columns are set; the last one counts for all that follow.
    var columns: [Column]
    /// Whether its cells are as large as in a line of their own.
    var isDisplayed = false
    /// Whether columns follow each other without a gap, right-hand sides directly behind left-hand ones.
    var isJoined = false
    /// Whether it is small, as between words.
    var isSmall = false

    package enum Column: Hashable, Sendable { case left, centre, right }

    /// How a column is set.
    func column(_ index: Int) -> Column {
      if isJoined { return index.isMultiple(of: 2) ? .right : .left }
      return index < columns.count ? columns[index] : columns.last ?? .centre
    }
  }
}

extension Formula {
  /// What scripts were set to.
  var core: Formula {
    switch self {
    case .script(let base, _, _), .stack(let base, _, _): base.core
    default: self
    }
  }

  /// Whether what is written below and above it stands right below and above.
  var takesLimits: Bool {
    switch self {
    case .sign(_, .large(let limits)), .function(_, let limits): limits
    case .accent(_, let accent): accent.takesLimits
    default: false
    }
  }

  /// What it does in its row.
  var role: Role {
    switch core {
    case .sign(_, let role): role
    case .function: .large(takesLimits: false)
    default: .ordinary
    }
  }

  /// Whether it is a function that is written out.
  var isFunction: Bool { if case .function = core { true } else { false } }

  /// Whether a sign behind something of this role has nothing on its left to be joined with.
  static func isPrefix(behind role: Role?) -> Bool {
    switch role {
    case nil, .binary, .relation, .opening, .punctuation, .large: true
    case .ordinary, .closing: false
    }
  }
}
