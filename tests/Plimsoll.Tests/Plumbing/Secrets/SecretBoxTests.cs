using Plimsoll.Plumbing.Secrets;

namespace Plimsoll.Tests.Plumbing.Secrets;

public sealed class SecretBoxTests
{
    private readonly SecretBox _box = new(EncryptionKey.FromText("a key for tests"));

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("Ω, ü and a line\nend")]
    public void What_was_sealed_opens(string text) => _box.Open(_box.Seal(text, "test"), "test").ShouldBe(text);

    [Fact]
    public void The_same_text_never_looks_the_same_twice() => _box.Seal("hunter2", "test").ShouldNotBe(_box.Seal("hunter2", "test"));

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var whole = _box.Seal("hunter2", "test");

        for (var position = 0; position < whole.Length; position++)
        {
            byte[] tampered = [.. whole];
            tampered[position] ^= 1;
            Should.Throw<WrongEncryptionKeyException>(() => _box.Open(tampered, "test"), $"byte {position}");
        }
    }

    [Fact]
    public void A_value_that_was_moved_to_another_place_does_not_open() =>
        Should.Throw<WrongEncryptionKeyException>(() => _box.Open(_box.Seal("hunter2", "registry token"), "project environment"));

    [Fact]
    public void Another_key_opens_nothing() =>
        Should.Throw<WrongEncryptionKeyException>(() => new SecretBox(EncryptionKey.FromText("another key")).Open(_box.Seal("hunter2", "test"), "test"))
            .Message.ShouldContain("ENCRYPTION_KEY");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(28)]
    public void What_is_too_short_to_be_sealed_is_refused(int length) =>
        Should.Throw<WrongEncryptionKeyException>(() => _box.Open([.. Enumerable.Repeat((byte)1, length)], "test"));

    [Fact]
    public void The_key_cannot_print_itself() => $"{EncryptionKey.FromText("hunter2")}".ShouldBe("encryption key (hidden)");
}
