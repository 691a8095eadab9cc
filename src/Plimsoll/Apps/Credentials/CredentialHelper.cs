using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plimsoll.Apps.Credentials;

/// <summary>
/// Asks a <c>docker-credential-…</c> program for the credential of one host, as the <c>docker</c> command does: the host goes to its standard input, JSON
/// comes back. It runs without a shell; what it says besides is thrown away, as it may hold secrets.
/// </summary>
internal sealed partial class CredentialHelper(TimeProvider time)
{
    private const string Prefix = "docker-credential-";
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // What helpers print, word for word, when they have nothing for this host.
    private const string NothingStored = "credentials not found";

    /// <returns>Null when the helper knows none for this host.</returns>
    /// <exception cref="CredentialHelperException">It is not there, failed, or was given up; the message is a sentence without secrets.</exception>
    public async Task<StoredCredential?> AskAsync(string helper, string host, CancellationToken cancellationToken)
    {
        if (!Name().IsMatch(helper))
        {
            throw new CredentialHelperException("The name of the credential helper is not one: letters, digits, '.', '_' and '-'.");
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = Start(Prefix + helper);
        try
        {
            return await TalkAsync(process, helper, host, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialHelperException($"{Prefix}{helper} did not answer within {Patience.TotalSeconds:0} s and was ended.");
        }
        finally
        {
            End(process);
        }
    }

    private static async Task<StoredCredential?> TalkAsync(Process process, string helper, string host, CancellationToken cancellationToken)
    {
        // All at once: a helper that writes before it reads, or fills the channel nobody looks at, would wait for ever.
        var said = ReadAsync(process.StandardOutput.BaseStream, MostBytes, cancellationToken);
        var dropped = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        await WriteAsync(process, host, cancellationToken);
        var output = await said ?? throw new CredentialHelperException($"{Prefix}{helper} answered more than {MostBytes / 1024} KiB.");
        await dropped;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == 0)
        {
            return Parse(output, helper);
        }

        return System.Text.Encoding.UTF8.GetString(output).Contains(NothingStored, StringComparison.OrdinalIgnoreCase)
            ? null
            : throw new CredentialHelperException($"{Prefix}{helper} ended with code {process.ExitCode}.");
    }

    private static async Task WriteAsync(Process process, string host, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(host.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says more.
            return;
        }
    }

    private static Process Start(string program)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("get");
        // What Plimsoll itself was trusted with is none of a helper's business.
        foreach (var secret in start.Environment.Keys.Where(IsOwnSecret).ToList())
        {
            start.Environment.Remove(secret);
        }

        try
        {
            return Process.Start(start) ?? throw new CredentialHelperException($"{program} cannot be started.");
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new CredentialHelperException($"{program} cannot be started: {problem.Message.TrimEnd('.')}.", problem);
        }
    }

    private static bool IsOwnSecret(string name) =>
        name.StartsWith("PLIMSOLL_", StringComparison.Ordinal) || name.StartsWith("ENCRYPTION_", StringComparison.Ordinal);

    private static async Task<byte[]?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[most + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > most ? null : buffer[..length];
    }

    private static StoredCredential? Parse(byte[] output, string helper)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var user = document.RootElement.GetProperty("Username").GetString() ?? "";
            var secret = document.RootElement.GetProperty("Secret").GetString() ?? "";
            return secret.Length == 0 ? null
                : user == "<token>" ? new StoredCredential(null, null, secret)
                : new StoredCredential(user, secret, null);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The parser's words would quote what it could not read.
            throw new CredentialHelperException($"{Prefix}{helper} answered with something that is not a credential.");
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself meanwhile.
            return;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
