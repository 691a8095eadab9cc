namespace Plimsoll.Apps.Seed;

/// <summary>Reads the secrets of a file, so that the import finds them all ready and waits for no disk.</summary>
internal sealed class SeedSecrets(SeedFile file, SeedProblems problems)
{
    private const int LongestBytes = 64 * 1024;

    /// <summary>The secret, or null when none is written or its file cannot be read; the reason is then among the problems.</summary>
    public string? Read(SeedSecret? secret)
    {
        if (secret?.FileName is not { } name)
        {
            return secret?.Value;
        }

        if (file.SecretsFolder is not { } folder)
        {
            // Whoever may send a configuration could otherwise have any file of this machine sent on to a registry of theirs.
            problems.Add(secret.Path, "Files are read only for a configuration that is itself a file of this machine: send the secret itself.");
            return null;
        }

        var path = Path.Combine(folder, name);
        try
        {
            var text = BoundedFile.ReadText(path, LongestBytes).TrimEnd('\r', '\n');
            if (text.Length == 0)
            {
                problems.Add(secret.Path, $"{path}: The file is empty.");
            }

            return text;
        }
        catch (Exception problem) when (BoundedFile.IsAboutTheFile(problem))
        {
            problems.Add(secret.Path, $"{path}: {BoundedFile.Sentence(problem)}");
            return null;
        }
    }
}
