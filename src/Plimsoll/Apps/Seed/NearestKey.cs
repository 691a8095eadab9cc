namespace Plimsoll.Apps.Seed;

/// <summary>Finds what a person meant by a key that does not exist.</summary>
internal static class NearestKey
{
    /// <summary>The known key that is nearest in spelling, or null when none is near.</summary>
    public static string? Of(string written, IReadOnlyList<string> known)
    {
        var plain = Plain(written);
        var best = known
            .Select(key => (Key: key, Distance: Distance(plain, Plain(key))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return best.Key is not null && best.Distance <= Math.Max(1, Math.Min(plain.Length, best.Key.Length) / 3) ? best.Key : null;
    }

    /// <summary><c>tagPattern</c>, <c>tag-pattern</c> and <c>tag_pattern</c> are one.</summary>
    private static string Plain(string key) =>
        new([.. key.Where(char.IsLetterOrDigit).Take(128).Select(char.ToLowerInvariant)]);

    /// <summary>Insertions, removals and replacements that make one of the other (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
