using System.Globalization;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>How long --wait waits.</summary>
internal static class WaitTime
{
    public const int DefaultSeconds = 300;

    private const int MostSeconds = 24 * 60 * 60;

    /// <param name="text">What was typed behind --wait; null: nothing.</param>
    /// <exception cref="CommandFailedException">It is not a number of seconds.</exception>
    public static TimeSpan Parse(string? text)
    {
        if (text is null)
        {
            return TimeSpan.FromSeconds(DefaultSeconds);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new CommandFailedException(
                ExitCode.Problem,
                $"--wait takes a number of seconds from 1 to {MostSeconds}, and '{text}' is none. To wait {DefaultSeconds} seconds, put --wait at the end.");
    }
}
