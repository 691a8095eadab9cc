using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates;

/// <summary>
/// Which tags of a repository the poll has settled, and with which patterns it has looked there before. A tag is
/// remembered only after it was judged: one that a crash came upon is new again at the next scan.
/// </summary>
internal sealed class SeenTags(Store store, TimeProvider time)
{
    // No tag begins with a colon, so this cannot be mistaken for one.
    private const string PatternMark = ":";

    /// <returns>Those of the tags that are not remembered, in their order, and those of the patterns that were never looked with.</returns>
    public (IReadOnlyList<string> Tags, IReadOnlySet<string> Patterns) FindNew(string repository, IReadOnlyList<string> tags, IReadOnlyCollection<string> patterns)
    {
        var known = store.Read(connection => connection.Query<string>("SELECT tag FROM seen_tags WHERE repository = @repository", new { repository })).ToHashSet(StringComparer.Ordinal);
        return (
            [.. tags.Where(tag => !known.Contains(tag))],
            patterns.Where(pattern => !known.Contains(PatternMark + pattern)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Forgets the tags of a repository that no project has any more.</summary>
    public static void ForgetUnused(WriteScope scope, string repository) => scope.Execute(
        "DELETE FROM seen_tags WHERE repository = @repository AND NOT EXISTS (SELECT 1 FROM projects p WHERE p.repository = @repository)", new { repository });

    public Task RememberAsync(string repository, IReadOnlyCollection<string> tags, IReadOnlyCollection<string> patterns, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            var now = time.GetUtcNow();
            foreach (var tag in tags.Concat(patterns.Select(pattern => PatternMark + pattern)))
            {
                scope.Execute("INSERT INTO seen_tags (repository, tag, seen_at) VALUES (@repository, @tag, @now) ON CONFLICT DO NOTHING", new { repository, tag, now });
            }
        },
        cancellationToken);
}
