using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates;

/// <summary>
/// Which tags of a repository the poll has met before: all of them, not only those that a stage wants today, so that the
/// old tags do not look new to a stage that is added tomorrow.
/// </summary>
internal sealed class SeenTags(Store store, TimeProvider time)
{
    /// <summary>No tag is empty. This one says that the repository has been looked at, also when it had nothing.</summary>
    private const string LookedAt = "";

    /// <returns>The tags that were not known, and whether the repository was looked at for the first time.</returns>
    public Task<(IReadOnlyList<string> New, bool IsFirstLook)> RememberAsync(string repository, IReadOnlyList<string> tags, CancellationToken cancellationToken) =>
        store.WriteAsync<(IReadOnlyList<string>, bool)>(
            scope =>
            {
                var known = scope.Query<string>("SELECT tag FROM seen_tags WHERE repository = @repository", new { repository }).ToHashSet(StringComparer.Ordinal);
                var now = time.GetUtcNow();
                var unknown = tags.Where(tag => !known.Contains(tag)).ToList();
                foreach (var tag in known.Contains(LookedAt) ? unknown : unknown.Append(LookedAt))
                {
                    scope.Execute("INSERT INTO seen_tags (repository, tag, seen_at) VALUES (@repository, @tag, @now)", new { repository, tag, now });
                }

                return (unknown, !known.Contains(LookedAt));
            },
            cancellationToken);

    /// <summary>For a tag that could not be looked up: the next scan has to meet it as new again.</summary>
    public Task ForgetAsync(string repository, string tag, CancellationToken cancellationToken) =>
        store.WriteAsync(scope => scope.Execute("DELETE FROM seen_tags WHERE repository = @repository AND tag = @tag", new { repository, tag }), cancellationToken);
}
