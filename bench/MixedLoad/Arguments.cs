using System.Globalization;

namespace Plimsoll.Bench;

/// <summary>
/// What bench/gapless says: how many deployments, where the proxy is, the host, and two images whose tags are what they answer; the second one
/// is live. The webhook's address, which is a secret, comes in PLIMSOLL_BENCH_WEBHOOK.
/// </summary>
internal sealed record Arguments(int Deployments, Target Target, string Image, string LiveImage, Uri Webhook)
{
    /// <returns>Null when something is missing.</returns>
    public static Arguments? Parse(string[] words) =>
        words is [var count, var proxy, var host, var image, var liveImage]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var deployments)
            && Uri.TryCreate(proxy, UriKind.Absolute, out var address)
            && Uri.TryCreate(Environment.GetEnvironmentVariable("PLIMSOLL_BENCH_WEBHOOK"), UriKind.Absolute, out var webhook)
            ? new Arguments(deployments, new Target(address, host), image, liveImage, webhook)
            : null;

    public static string TagOf(string image) => image[(image.LastIndexOf(':') + 1)..];
}
