using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class DigestTests
{
    private const string OfNothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void The_digest_of_bytes_prints_as_registries_write_it()
    {
        Digest.OfBytes([]).ToString().ShouldBe(OfNothing);
        Digest.OfBytes([]).Short.ShouldBe("e3b0c44298fc");
    }

    [Fact]
    public void What_was_printed_reads_back_as_an_equal_value()
    {
        Digest.TryParse(OfNothing, out var digest).ShouldBeTrue();
        digest.ShouldBe(Digest.OfBytes([]));
        digest.GetHashCode().ShouldBe(Digest.OfBytes([]).GetHashCode());
        (digest.Algorithm, digest.Hex.Length).ShouldBe(("sha256", 64));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData("sha256:e3b0")]
    [InlineData(":e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(" sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Anything_else_is_no_digest(string? text)
    {
        Digest.TryParse(text, out var digest).ShouldBeFalse();
        digest.ShouldBe(default);
    }

    [Fact]
    public void Sha512_is_read_and_checked()
    {
        var hex = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData("x"u8));
        Digest.TryParse($"sha512:{hex}", out var digest).ShouldBeTrue();
        digest.Matches("x"u8).ShouldBeTrue();
        digest.Matches("y"u8).ShouldBeFalse();
    }

    [Fact]
    public void The_default_value_names_nothing_and_matches_nothing()
    {
        default(Digest).ToString().ShouldBe("");
        default(Digest).Short.ShouldBe("");
        default(Digest).Matches([]).ShouldBeFalse();
    }
}
