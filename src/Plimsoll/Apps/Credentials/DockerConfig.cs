using System.Text.Json;
using Plimsoll.Apps.Seed;

namespace Plimsoll.Apps.Credentials;

/// <summary>
/// Credentials of Docker's <c>config.json</c> and of the helpers it names. Nothing of it is stored. The file is read again when it changed;
/// what a helper said is kept in memory for a few minutes.
/// </summary>
internal sealed partial class DockerConfig(DockerConfigOptions options, CredentialHelper helper, TimeProvider time, ILogger<DockerConfig> log)
{
    private const int LongestBytes = 1024 * 1024;
    private const int MostKept = 256;
    private static readonly TimeSpan AnswerHolds = TimeSpan.FromMinutes(5);

    /// <summary>How Docker Hub is called in Docker's own configuration, and by helpers.</summary>
    private const string DockerHub = "docker.io";
    private const string DockerHubKey = "https://index.docker.io/v1/";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private (DateTime WrittenAt, long Length) _seen = (DateTime.MinValue, -1);
    private DockerConfigDocument? _document;
    private string? _lastTrouble;

    /// <summary>The credential for a host, or null. Trouble with the file or a helper is logged, not thrown: a public image needs no credential.</summary>
    public async Task<StoredCredential?> FindAsync(string host, CancellationToken cancellationToken)
    {
        if (Document() is not { } document)
        {
            return null;
        }

        if (document.HelperOf(host) is { } name && await AskAsync(name, host).WaitAsync(cancellationToken) is { } credential)
        {
            return credential;
        }

        return document.CredentialOf(host);
    }

    private Task<StoredCredential?> AskAsync(string name, string host)
    {
        lock (_gate)
        {
            if (_answers.TryGetValue(host, out var answer) && answer.Until > time.GetUtcNow())
            {
                return answer.Credential;
            }

            if (_answers.Count >= MostKept)
            {
                _answers.Clear();
            }

            var asked = AskHelperAsync(name, host);
            _answers[host] = new Answer(asked, time.GetUtcNow() + AnswerHolds);
            return asked;
        }
    }

    /// <summary>For all who wait for it, so it is not tied to one caller's token; the helper has a time limit.</summary>
    private async Task<StoredCredential?> AskHelperAsync(string name, string host)
    {
        await Task.Yield();
        try
        {
            return await helper.AskAsync(name, host == DockerHub ? DockerHubKey : host, CancellationToken.None);
        }
        catch (CredentialHelperException problem)
        {
            Tell(problem.Message);
            return null;
        }
    }

    private DockerConfigDocument? Document()
    {
        if (options.Path is not { } path)
        {
            return null;
        }

        lock (_gate)
        {
            var file = new FileInfo(path);
            var seen = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (DateTime.MinValue, 0);
            if (seen == _seen)
            {
                return _document;
            }

            _seen = seen;
            _answers.Clear();
            _document = file.Exists ? Read(path) : null;
            return _document;
        }
    }

    private DockerConfigDocument? Read(string path)
    {
        try
        {
            return new DockerConfigDocument(BoundedFile.ReadText(path, LongestBytes));
        }
        catch (JsonException)
        {
            // The parser's words would quote what it could not read.
            Tell($"{path} is not JSON that can be read.");
        }
        catch (Exception problem) when (BoundedFile.IsAboutTheFile(problem))
        {
            Tell($"{path}: {BoundedFile.Sentence(problem)}");
        }

        return null;
    }

    private void Tell(string trouble)
    {
        if (Interlocked.Exchange(ref _lastTrouble, trouble) != trouble)
        {
            LogTrouble(log, trouble);
        }
    }

    private sealed record Answer(Task<StoredCredential?> Credential, DateTimeOffset Until);

    [LoggerMessage(240, LogLevel.Warning, "Credentials of Docker's configuration cannot be used: {Trouble} Images are read without them.")]
    private static partial void LogTrouble(ILogger log, string trouble);
}
