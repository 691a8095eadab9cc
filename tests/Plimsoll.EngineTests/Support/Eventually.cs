using System.Diagnostics;

namespace Plimsoll.EngineTests.Support;

/// <summary>Asks again and again until the answer is yes, for things that give no signal. Always bounded.</summary>
public static class Eventually
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    public static Task IsTrueAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise, CancellationToken cancellationToken) =>
        IsTrueAsync(_ => Task.FromResult(condition()), limit, otherwise, cancellationToken);

    /// <exception cref="TimeoutException">Says <paramref name="otherwise"/>, which is asked for only then.</exception>
    public static async Task IsTrueAsync(
        Func<CancellationToken, Task<bool>> condition,
        TimeSpan limit,
        Func<string> otherwise,
        CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        for (var pause = FirstPause; !await condition(cancellationToken); pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"{otherwise()} (waited {limit.TotalSeconds:0.#} s)");
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>As above for a value: null means "not yet".</summary>
    public static async Task<T> IsKnownAsync<T>(
        Func<CancellationToken, Task<T?>> read,
        TimeSpan limit,
        Func<string> otherwise,
        CancellationToken cancellationToken)
        where T : class
    {
        T? value = null;
        await IsTrueAsync(async token => (value = await read(token)) is not null, limit, otherwise, cancellationToken);
        return value!;
    }
}
