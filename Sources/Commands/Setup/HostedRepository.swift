import Templates

/// The web address of a folder's files, as far as its Git repository reveals it.
struct HostedRepository: Hashable {
  /// The repository's page: `https://git.example.com/team/detections`.
  var page: String
  /// The branch to show.
  var branch: String
  /// The folder's path in the repository, with a trailing slash, or empty.
  var folder: String

  /// The address of a file below the folder, with `{file}` for its path.
  var pattern: String {
    let branch = Link(relative: branch).address
    let place = folder.isEmpty ? "{file}" : Link(relative: folder).address + "{file}"
    let host = page.split(separator: "/").dropFirst().first ?? ""
    if host == "dev.azure.com" { return "\(page)?version=GB\(branch)&path=/\(place)" }
    if host == "bitbucket.org" { return "\(page)/src/\(branch)/\(place)" }
    if host == "codeberg.org" || host.contains("gitea") || host.contains("forgejo") {
      return "\(page)/src/branch/\(branch)/\(place)"
    }
    if host.contains("gitlab") { return "\(page)/-/blob/\(branch)/\(place)" }
    // GitHub's form, which a GitLab server under another name redirects to its own.
    return "\(page)/blob/\(branch)/\(place)"
  }

  init(page: String, branch: String, folder: String) { (self.page, self.branch, self.folder) = (page, branch, folder) }

  /// The repository that Git reports for a folder.
  ///
  /// - Returns: nil if Git knows of no repository with a host.
  init?(of folder: String) async {
    let git = Git(folder: folder.isEmpty ? "." : folder, argument: folder)
    func line(_ arguments: String...) async -> String? {
      guard let (output, isFine) = try? await git.run(arguments), isFine else { return nil }
      let line = output.prefix { $0 != "\n" }
      return line.isEmpty ? nil : String(line)
    }
    let remotes = await (try? git.run(["remote"]))?.output.split(separator: "\n").map(String.init) ?? []
    guard let remote = remotes.first(where: { $0 == "origin" }) ?? remotes.first else { return nil }
    // As the user wrote it, and as Git rewrites it (`url.*.insteadOf`): to a mirror, or from a short name to a host.
    let pages = [await line("config", "--get", "remote.\(remote).url"), await line("remote", "get-url", remote)]
      .compactMap { $0.flatMap(HostedRepository.page) }
    func hasDomain(_ page: String) -> Bool { page.split(separator: "/").dropFirst().first?.contains(".") ?? false }
    guard let page = pages.first(where: hasDomain) ?? pages.first else { return nil }
    let head = await line("symbolic-ref", "--short", "refs/remotes/\(remote)/HEAD")
    let current = await line("symbolic-ref", "--short", "HEAD")
    self.init(
      page: page, branch: head.map { String($0.dropFirst(remote.count + 1)) } ?? current ?? "main",
      folder: await line("rev-parse", "--show-prefix") ?? "")
  }

  /// The web page of a repository with this remote URL: without the user name and password that may be in it.
  ///
  /// - Parameter address: a URL, or `user@host:path` as SSH takes it.
  /// - Returns: nil if it has no host.
  static func page(ofRemote address: String) -> String? {
    let (scheme, rest): (String, Substring)
    if let end = address.firstRange(of: "://") {
      (scheme, rest) = (address[..<end.lowerBound].lowercased(), address[end.upperBound...])
    } else if let colon = address.firstIndex(of: ":"), !address[..<colon].contains("/") {
      (scheme, rest) = ("scp", address[..<colon] + "/" + address[address.index(after: colon)...])
    } else {
      return nil
    }
    guard ["http", "https", "ssh", "git", "git+ssh", "ssh+git", "scp"].contains(scheme) else { return nil }
    var parts = rest.split(separator: "/").map(String.init)
    guard parts.count >= 2 else { return nil }
    var host = parts.removeFirst()
    if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
    // The port applies to the web page only if the remote is itself a web address.
    if !scheme.hasPrefix("http"), let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
      host = String(host[..<colon])
    }
    if host == "ssh.dev.azure.com", parts.count == 4 {
      // `v3/organisation/project/repository`.
      host = "dev.azure.com"
      parts = [parts[1], parts[2], "_git", parts[3]]
    }
    if let name = parts.last, name.hasSuffix(".git"), name != ".git" {
      parts[parts.count - 1] = String(name.dropLast(4))
    }
    guard !host.isEmpty else { return nil }
    let page =
      "\(scheme == "http" ? "http" : "https")://\(host)/" + Link(relative: parts.joined(separator: "/")).address
    return Configuration.checkedBaseURL(page) == nil ? nil : page
  }
}
