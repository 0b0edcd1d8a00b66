import Foundation
import YAMLTrees
import Yams

/// Reads a folder that rosbag2 recorded: `metadata.yaml` and the files that it names, in turn.
///
/// Without it, all files of the folder that can be read, by the numbers in their names.
package final class Rosbag2Folder: MessageSource {
  private let paths: [String]
  private var current: (any MessageSource)?
  /// How many of the files have been opened.
  private var opened = 0

  /// The topics of the files opened so far, with the counts that the metadata give.
  package private(set) var topics: [RecordedTopic]

  /// Finds the files of a folder, and opens the first.
  ///
  /// - Throws: `.unreadable` where there is none; `.damaged` where the metadata are none.
  package init(path: String) throws(RecordingsError) {
    let metadata = try Rosbag2Metadata(folder: path)
    topics = metadata?.topics ?? []
    let named = metadata?.files ?? Self.recordings(in: path)
    paths = named.map { "\(path)/\($0)" }
    guard !paths.isEmpty else {
      throw RecordingsError(
        .unreadable, "this folder holds no recording",
        remedy: "Name a file, or a folder with metadata.yaml.", path: path)
    }
    try open()
  }

  private static func recordings(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let endings = [".db3", ".mcap", ".db3.zstd", ".mcap.zstd"]
    return names.filter { name in endings.contains { name.hasSuffix($0) } }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
  }

  private func open() throws(RecordingsError) {
    let source = try Recording.source(ofFile: paths[opened])
    opened += 1
    current = source
    add(source.topics)
  }

  /// Topics that the metadata, or earlier files, have not named.
  private func add(_ more: [RecordedTopic]) {
    for var topic in more where !topics.contains(where: { $0.name == topic.name }) {
      // One of several files counts only its own.
      if paths.count > 1 { topic.messageCount = nil }
      topics.append(topic)
    }
  }

  /// The next message.
  ///
  /// - Throws: what is wrong with the file that it should be in.
  package func next() throws(RecordingsError) -> RecordedMessage? {
    while let source = current {
      if let message = try source.next() { return message }
      add(source.topics)
      current = nil
      if opened < paths.count { try open() }
    }
    return nil
  }
}

/// What is needed of a folder's `metadata.yaml`.
struct Rosbag2Metadata {
  /// The names of the files within the folder, in the order of their messages.
  private(set) var files: [String] = []
  private(set) var topics: [RecordedTopic] = []

  private static let largestCount = 1 << 24

  /// Reads the metadata of a folder; nothing where there are none.
  ///
  /// - Throws: `.damaged` where they are not rosbag2's; `.unreadable`.
  init?(folder: String) throws(RecordingsError) {
    let path = "\(folder)/metadata.yaml"
    guard let size = ByteSource.size(of: path) else { return nil }
    guard size <= Self.largestCount else {
      throw .damaged("\(size) bytes of metadata are more than any recording has", path: path)
    }
    let bytes = try ByteSource(path: path).read(at: 0, count: size)
    try self.init(String(decoding: bytes, as: UTF8.self), path: path)
  }

  init(_ text: String, path: String) throws(RecordingsError) {
    let root: Node?
    do {
      root = try YAMLTree.composed(of: text)
    } catch {
      throw .damaged("the metadata are no YAML", path: path)
    }
    guard let information = root?.mapping?["rosbag2_bagfile_information"]?.mapping,
      let names = information["relative_file_paths"]?.sequence
    else {
      throw .damaged("the metadata name no files", path: path)
    }
    for name in names {
      // Old recorders wrote the folder's name, too; nothing outside the folder is opened.
      guard let last = name.scalar?.string.split(separator: "/").last, last != ".." else {
        throw .damaged("the metadata name a file that is none", path: path)
      }
      files.append(String(last))
    }
    for item in information["topics_with_message_count"]?.sequence ?? [] {
      guard let topic = item.mapping?["topic_metadata"]?.mapping,
        let name = topic["name"]?.scalar?.string, let type = topic["type"]?.scalar?.string
      else { continue }
      topics.append(
        RecordedTopic(
          name: name, type: type,
          encoding: MessageEncoding(name: topic["serialization_format"]?.scalar?.string ?? "cdr"),
          messageCount: item.mapping?["message_count"]?.scalar.flatMap { Int($0.string) }))
    }
  }
}
