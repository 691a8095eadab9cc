using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Candidates;

/// <summary>Where a candidate came from, for whoever explains what was decided about it.</summary>
internal sealed class DeliveryTrace(Store store)
{
    public IReadOnlyDictionary<string, Delivery> Find(IEnumerable<string> ids) => store.Read(connection =>
        connection.Query<Delivery>("SELECT * FROM deliveries WHERE id IN @ids", new { ids }).ToDictionary(delivery => delivery.Id));

    /// <summary>Messages about an image that nobody could decide yet, newest first, at most five.</summary>
    public IReadOnlyList<Delivery> Undecided(string repository) => store.Read(connection => connection.Query<Delivery>(
        """
        SELECT * FROM deliveries
        WHERE decided_at IS NULL AND (image = @repository OR substr(image, 1, length(@repository) + 1) IN (@repository || ':', @repository || '@'))
        ORDER BY received_at DESC LIMIT 5
        """,
        new { repository }).AsList());
}
