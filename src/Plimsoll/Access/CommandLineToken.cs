using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Access;

/// <summary>
/// The token in the data folder that Plimsoll's own commands sign in with. Whoever can read that file can read the store
/// beside it, so it opens nothing that was closed.
/// </summary>
internal sealed class CommandLineToken(Store store, TokenStore tokens, ServeOptions options)
{
    public const string Name = "cli";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "cli.token");

    /// <summary>Makes the token anew if its file or its row is missing, or if others could read the file.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var path = PathIn(options.DataFolder);
        if (Read(path) is { } text && tokens.Find(text) is { Role: Role.Admin, Name: Name })
        {
            return;
        }

        var secret = await store.WriteAsync(
            scope =>
            {
                tokens.Remove(scope, Name);
                return tokens.Add(scope, Name, Role.Admin, expiresAt: null).Secret;
            },
            cancellationToken);
        PrivateFile.Write(path, secret.Text + "\n");
    }

    private static string? Read(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & ~OwnerOnly) == 0 ? File.ReadAllText(path).Trim() : null;
}
