namespace Plimsoll.Registry.Authentication;

/// <summary>
/// Reads WWW-Authenticate as it is really sent: several headers, several challenges in one header, commas between challenges and
/// between parameters alike, commas inside quotes, space around "=". What cannot be read is skipped; nothing throws.
/// </summary>
internal static class ChallengeParser
{
    private const int MostCharacters = 16 * 1024;
    private const int MostChallenges = 16;

    public static IReadOnlyList<Challenge> Parse(IEnumerable<string> headers)
    {
        var challenges = new List<Challenge>();
        foreach (var header in headers.Where(header => header.Length <= MostCharacters))
        {
            ParseHeader(new HeaderCursor(header), challenges);
        }

        return challenges;
    }

    private static void ParseHeader(HeaderCursor cursor, List<Challenge> challenges)
    {
        Dictionary<string, string>? parameters = null;
        while (cursor.SkipSeparators() && challenges.Count <= MostChallenges)
        {
            var word = cursor.ReadToken();
            if (word.Length == 0)
            {
                cursor.SkipOne();
                continue;
            }

            if (cursor.TrySkipEquals())
            {
                // A parameter before any scheme belongs to nobody; of two with one name the first counts.
                var value = cursor.ReadValue();
                parameters?.TryAdd(word, value);
                continue;
            }

            parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            challenges.Add(new Challenge(word.ToLowerInvariant(), parameters));
        }
    }
}
