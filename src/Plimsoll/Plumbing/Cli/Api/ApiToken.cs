using System.Text;
using Plimsoll.Plumbing.Config;

namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>
/// The token a command signs in with. There is no option for it: arguments can be read by every user of the machine and
/// stay in the shell's history. Cannot print itself.
/// </summary>
internal sealed class ApiToken
{
    public const string Variable = "PLIMSOLL_TOKEN";
    public const string FileVariable = "PLIMSOLL_TOKEN_FILE";

    private const string FileName = "cli.token";
    private const int LongestBytes = 4096;

    private ApiToken(string? value, string source)
    {
        Value = value;
        Source = source;
    }

    /// <summary>Null: none was found, and the server is asked without.</summary>
    public string? Value { get; }

    /// <summary>Where it came from, or all the places where it was looked for.</summary>
    public string Source { get; }

    /// <exception cref="CommandFailedException">A token was given in a way that it cannot be read.</exception>
    public static ApiToken Find(ServerAddress server, Func<string, string?> variable)
    {
        if (Text(variable, Variable) is { } value)
        {
            return new ApiToken(Checked(value, Variable), Variable);
        }

        if (Text(variable, FileVariable) is { } file)
        {
            return FromFile(file, $"{FileVariable} ({file})")
                ?? throw new CommandFailedException(ExitCode.Problem, $"{FileVariable}: the file {file} is not there.");
        }

        var own = Path.GetFullPath(Path.Combine(Text(variable, EnvironmentSettings.Data) ?? EnvironmentSettings.DefaultData, FileName));
        return server.IsThisMachine
            ? FromFile(own, own) ?? new ApiToken(null, $"{Variable}, {FileVariable} or {own}")
            : new ApiToken(null, $"{Variable} or {FileVariable}");
    }

    public override string ToString() => $"token from {Source}";

    private static ApiToken? FromFile(string path, string source)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[LongestBytes];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return new ApiToken(Checked(Encoding.UTF8.GetString(buffer, 0, length).Trim(), source), source);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCode.Problem,
                $"The token in {source} cannot be read: {problem.Message} Run this as the user who runs the server, or set {Variable}.",
                problem);
        }
    }

    private static string Checked(string value, string source) => value.Length > 0 && value.All(letter => letter is > ' ' and < (char)127)
        ? value
        : throw new CommandFailedException(ExitCode.Problem, $"What is in {source} is not a token: a token is one line that begins with plm_.");

    private static string? Text(Func<string, string?> variable, string name) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
