using System.Globalization;

namespace Plimsoll.Plumbing.Http;

/// <summary>Where a reconnecting reader of server-sent events left off.</summary>
internal static class LastEventId
{
    /// <returns>0 when the reader is new.</returns>
    public static long Of(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
