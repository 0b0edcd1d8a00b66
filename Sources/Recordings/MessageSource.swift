/// A recording of one format, read from its start to its end.
package protocol MessageSource: AnyObject {
  /// The topics, as far as they are known before all is read.
  var topics: [RecordedTopic] { get }

  /// The next message; nothing behind the last.
  ///
  /// - Throws: what is wrong with the recording, behind all messages before the place.
  func next() throws(RecordingsError) -> RecordedMessage?
}
