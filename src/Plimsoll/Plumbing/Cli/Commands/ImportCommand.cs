using System.CommandLine;
using System.Net.Http.Headers;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary><c>plimsoll import</c>: brings a configuration file in, whole or not at all.</summary>
internal sealed class ImportCommand
{
    private const int LongestBytes = 1024 * 1024;

    private const string Details =
        """
        All of the file is brought in, or nothing if something in it is wrong. What is there already in the same form is
        left alone.

        Each mistake is printed as file:line:column: key: what to write instead.
        """;

    private readonly Argument<string> _file = new("file") { Description = "The file." };
    private readonly ClientOptions _client;

    private ImportCommand(Surroundings surroundings, DescribedCommand command)
    {
        command.Arguments.Add(_file);
        _client = ClientOptions.AddTo(command, surroundings);
        command.SetAction(RunAsync);
    }

    public static Command Create(Surroundings surroundings)
    {
        var command = new DescribedCommand("import", "Brings registries, projects, stages and settings in from a YAML file.", Details);
        _ = new ImportCommand(surroundings, command);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_file);
        var printer = _client.Printer(parsed);
        using var body = new ByteArrayContent(await ReadAsync(file, cancellationToken));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        using var api = _client.Connect(parsed);
        try
        {
            var data = await api.PostAsync("api/config/import", body, cancellationToken);
            var count = data.To(CliJson.Default.ImportCount);
            printer.Data(data);
            printer.Line(count == new ImportCount(0, 0, 0)
                ? $"{file}: nothing is new."
                : $"{file}: new are {Count(count.Registries, "registry", "registries")}, {Count(count.Projects, "project", "projects")} and {Count(count.Stages, "stage", "stages")}.");
            return ExitCode.Done;
        }
        catch (RefusedException refused) when (refused.Errors.Count > 0)
        {
            var mistakes = ImportMistake.From(refused.Errors);
            throw new CommandFailedException(
                ExitCode.Refused, $"Nothing was imported: {(mistakes.Count == 1 ? "there is a mistake" : $"there are {mistakes.Count} mistakes")} in the file.", refused)
            {
                Details = [.. mistakes.Select(mistake => mistake.In(file))],
            };
        }
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[LongestBytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return length <= LongestBytes
                ? buffer[..length]
                : throw new CommandFailedException(ExitCode.Problem, $"{path} is longer than {LongestBytes / 1024} KiB, which no configuration is.");
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailedException(ExitCode.Problem, $"{path} is not there.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Problem, $"{path} cannot be read: {problem.Message}", problem);
        }
    }
}
