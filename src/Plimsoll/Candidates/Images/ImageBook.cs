using System.Text.Json;
using Dapper;
using Plimsoll.Plumbing.Database;
using Plimsoll.Registry;

namespace Plimsoll.Candidates.Images;

/// <summary>What is known of images, by repository and digest. The newest are kept, and those of which a container runs.</summary>
internal sealed class ImageBook(Store store, TimeProvider time)
{
    private const int Kept = 5_000;
    private const int TrimEvery = 100;
    private const string One = "SELECT first_seen_at, read_at, facts, problem FROM image_facts WHERE repository = @repository AND digest = @digest";

    /// <summary>A registry that could not be read is left in peace for a while.</summary>
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(15);

    private int _added;

    /// <summary>Whether to ask the registry: it was not asked before, or could not answer a while ago.</summary>
    public bool IsToBeRead(string repository, Digest digest) =>
        store.Read(connection => connection.QueryFirstOrDefault<Row>(One, new { repository, digest = digest.ToString() })) is not { ReadAt: { } readAt } row
        || (row.Facts is null && time.GetUtcNow() - readAt >= AfterTrouble);

    public static ImageFacts? FindIn(WriteScope scope, string repository, Digest digest) =>
        scope.QueryFirstOrDefault<Row>(One, new { repository, digest = digest.ToString() })?.ToFacts();

    /// <summary>Notes when a digest was first met; later meetings change nothing.</summary>
    public void See(WriteScope scope, string repository, Digest digest)
    {
        if (scope.Execute(
            "INSERT INTO image_facts (repository, digest, first_seen_at) VALUES (@repository, @digest, @now) ON CONFLICT DO NOTHING",
            new { repository, digest = digest.ToString(), now = time.GetUtcNow() }) > 0 && ++_added % TrimEvery == 0)
        {
            scope.Execute(
                """
                DELETE FROM image_facts
                WHERE first_seen_at < (SELECT first_seen_at FROM image_facts ORDER BY first_seen_at DESC LIMIT 1 OFFSET @Kept)
                  AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.digest = image_facts.digest)
                """,
                new { Kept });
        }
    }

    public Task PutAsync(string repository, Digest digest, ImageContents? contents, string? problem, CancellationToken cancellationToken) => store.WriteAsync(
        scope =>
        {
            See(scope, repository, digest);
            scope.Execute(
                "UPDATE image_facts SET read_at = @now, facts = coalesce(@facts, facts), problem = @problem WHERE repository = @repository AND digest = @digest",
                new
                {
                    repository, digest = digest.ToString(), now = time.GetUtcNow(), problem,
                    facts = contents is null ? null : JsonSerializer.Serialize(contents, CandidatesJson.Default.ImageContents),
                });
        },
        cancellationToken);

    private sealed class Row
    {
        public DateTimeOffset FirstSeenAt { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
        public string? Facts { get; init; }
        public string? Problem { get; init; }

        public ImageFacts ToFacts() =>
            new(FirstSeenAt, Facts is null ? null : JsonSerializer.Deserialize(Facts, CandidatesJson.Default.ImageContents), Problem);
    }
}
