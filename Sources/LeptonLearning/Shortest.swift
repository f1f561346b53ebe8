/// Writes a number as Lepton does: as short as reads back the same, whole numbers without a point.
func shortest(_ number: Double) -> String {
  if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
  return "\(number)"
}
