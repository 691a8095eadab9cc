using Plimsoll.Plumbing.Secrets;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Plumbing.Secrets;

public sealed class KeyCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_key_is_remembered_and_only_that_one_is_let_in_later()
    {
        await using var apps = await AppsStore.CreateAsync();
        KeyCheck.IsSealed(apps.Store).ShouldBeFalse();
        await KeyCheck.VerifyAsync(apps.Store, Box("the right key"), Token);
        KeyCheck.IsSealed(apps.Store).ShouldBeTrue();
        var before = apps.Snapshot();

        await KeyCheck.VerifyAsync(apps.Store, Box("the right key"), Token);
        var refused = await Should.ThrowAsync<WrongEncryptionKeyException>(() => KeyCheck.VerifyAsync(apps.Store, Box("a wrong key"), Token));

        refused.Message.ShouldContain("Nothing was changed");
        apps.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_lost_key_file_is_not_replaced_by_a_new_one_that_opens_nothing()
    {
        await using var apps = await AppsStore.CreateAsync();
        await KeyCheck.VerifyAsync(apps.Store, Box("the right key"), Token);

        var refused = Should.Throw<MissingEncryptionKeyException>(() => EncryptionKey.FromFolder(apps.Folder, mayMake: !KeyCheck.IsSealed(apps.Store)));

        refused.Message.ShouldContain(Path.Combine(apps.Folder, "encryption.key"));
        File.Exists(Path.Combine(apps.Folder, "encryption.key")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_is_made_is_kept_for_its_owner_alone()
    {
        await using var apps = await AppsStore.CreateAsync();
        var made = EncryptionKey.FromFolder(apps.Folder);

        var read = EncryptionKey.FromFolder(apps.Folder);

        made.WasGenerated.ShouldBeTrue();
        read.WasGenerated.ShouldBeFalse();
        read.Bytes.ShouldBe(made.Bytes);
        File.GetUnixFileMode(Path.Combine(apps.Folder, "encryption.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static SecretBox Box(string key) => new(EncryptionKey.FromText(key));
}
