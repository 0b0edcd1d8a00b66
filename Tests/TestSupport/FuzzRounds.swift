import Foundation

/// How many damaged or random cases a test makes: its own usual number, or more where
/// LIDARSEG_FUZZ_ROUNDS asks for more.
public func fuzzRounds(usually count: Int) -> Int {
  let asked = ProcessInfo.processInfo.environment["LIDARSEG_FUZZ_ROUNDS"].flatMap { Int($0) }
  return max(count, asked ?? count)
}
