using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class ImageReferenceTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx")]
    [InlineData("nginx:1.27", "docker.io/library/nginx:1.27")]
    [InlineData("docker.io/nginx", "docker.io/library/nginx")]
    [InlineData("index.docker.io/library/nginx", "docker.io/library/nginx")]
    [InlineData("registry-1.docker.io/library/nginx", "docker.io/library/nginx")]
    [InlineData("DOCKER.IO/nginx", "docker.io/library/nginx")]
    [InlineData("bitnami/redis:7", "docker.io/bitnami/redis:7")]
    [InlineData("docker.io/a/b/c", "docker.io/a/b/c")]
    [InlineData("ghcr.io/owner/app:v1.0_x-y", "ghcr.io/owner/app:v1.0_x-y")]
    [InlineData("GHCR.io/owner/app", "ghcr.io/owner/app")]
    [InlineData("localhost/app", "localhost/app")]
    [InlineData("localhost:5000/app:1", "localhost:5000/app:1")]
    [InlineData("192.168.1.5:5000/team/app", "192.168.1.5:5000/team/app")]
    [InlineData("[::1]:5000/app", "[::1]:5000/app")]
    [InlineData("[2001:db8::1]/app:x", "[2001:db8::1]/app:x")]
    [InlineData("registry/app", "docker.io/registry/app")]
    [InlineData("a__b/c-d.e_f---g", "docker.io/a__b/c-d.e_f---g")]
    [InlineData("app:_under", "docker.io/library/app:_under")]
    [InlineData("nginx@sha256:" + Hex, "docker.io/library/nginx@sha256:" + Hex)]
    [InlineData("nginx:1@sha256:" + Hex, "docker.io/library/nginx:1@sha256:" + Hex)]
    public void A_reference_is_written_out_in_full(string text, string canonical)
    {
        var reference = ImageReference.Parse(text);
        reference.ToString().ShouldBe(canonical);
        ImageReference.Parse(canonical).ShouldBe(reference);
    }

    [Theory]
    [InlineData(null, "needed")]
    [InlineData("", "needed")]
    [InlineData("   ", "needed")]
    [InlineData("https://ghcr.io/owner/app", "://")]
    [InlineData("Owner/app", "lower case")]
    [InlineData("ghcr.io/Owner/app", "lower case")]
    [InlineData("nginx:", "not a tag")]
    [InlineData("nginx:-1", "not a tag")]
    [InlineData("nginx:1 2", "not a tag")]
    [InlineData("nginx:a/b", "not a re")]
    [InlineData("nginx@sha256:abc", "not a digest")]
    [InlineData("nginx@sha256:" + Hex + "@sha256:" + Hex, "not a digest")]
    [InlineData("nginx@", "not a digest")]
    [InlineData("ghcr.io/", "missing")]
    [InlineData("/nginx", "not a re")]
    [InlineData("a//b", "not a repository")]
    [InlineData("a/", "not a repository")]
    [InlineData("a..b", "not a repository")]
    [InlineData("a___b", "not a repository")]
    [InlineData("-a", "not a repository")]
    [InlineData("a_", "not a repository")]
    [InlineData("a/../b", "not a repository")]
    [InlineData(" nginx", "not a repository")]
    [InlineData("nginx\n", "not a repository")]
    [InlineData("nginx\u0000", "not a repository")]
    [InlineData("ｎginx", "not a repository")]
    [InlineData("host.name:0/app", "registry address")]
    [InlineData("host.name:65536/app", "registry address")]
    [InlineData("host.name:99999999999999999999/app", "registry address")]
    [InlineData("host.name:/app", "registry address")]
    [InlineData("-host.name/app", "registry address")]
    [InlineData("user@host.name/app", "not a digest")]
    [InlineData("[::1/app", "registry address")]
    [InlineData("[zz]:5000/app", "registry address")]
    [InlineData(Hex, "image id")]
    public void What_is_no_reference_is_refused_in_a_sentence(string? text, string expected)
    {
        ImageReference.TryParse(text, out var reference, out var problem).ShouldBeFalse();
        reference.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldContain(expected);
        problem.ShouldEndWith(".");
        problem.Any(char.IsControl).ShouldBeFalse();
        Should.Throw<FormatException>(() => ImageReference.Parse(text!)).Message.ShouldBe(problem);
    }

    [Fact]
    public void Lengths_are_bounded()
    {
        ImageReference.TryParse(new string('a', 247), out _, out _).ShouldBeTrue();
        ImageReference.TryParse(new string('a', 248), out _, out _).ShouldBeFalse();
        ImageReference.TryParse("a:" + new string('a', 128), out _, out _).ShouldBeTrue();
        ImageReference.TryParse("a:" + new string('a', 129), out _, out _).ShouldBeFalse();
        ImageReference.TryParse(new string('a', 50_000_000), out _, out var problem).ShouldBeFalse();
        problem!.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void Spellings_of_one_image_are_equal()
    {
        ImageReference.Parse("nginx").ShouldBe(ImageReference.Parse("index.docker.io/library/nginx"));
        ImageReference.Parse("nginx").ShouldNotBe(ImageReference.Parse("nginx:latest"));
    }

    [Theory]
    [InlineData("docker.io/library/nginx:1", "nginx")]
    [InlineData("docker.io/bitnami/redis", "bitnami/redis")]
    [InlineData("ghcr.io/owner/app", "ghcr.io/owner/app")]
    [InlineData("docker.io/library/a/b", "library/a/b")]
    [InlineData("docker.io/my.site/app", "docker.io/my.site/app")]
    [InlineData("docker.io/localhost/app", "docker.io/localhost/app")]
    [InlineData("docker.io/library/" + Hex, "docker.io/library/" + Hex)]
    public void A_familiar_name_is_short_only_where_it_reads_back(string text, string familiar)
    {
        ImageReference.Parse(text).FamiliarName.ShouldBe(familiar);
        ImageReference.Parse(familiar).Name.ShouldBe(ImageReference.Parse(text).Name);
    }

    [Theory]
    [InlineData("localhost/a", true)]
    [InlineData("localhost:5000/a", true)]
    [InlineData("registry.localhost:5000/a", true)]
    [InlineData("127.0.0.1:5000/a", true)]
    [InlineData("127.8.9.1/a", true)]
    [InlineData("[::1]:5000/a", true)]
    [InlineData("192.168.0.1/a", false)]
    [InlineData("localhost.example.com/a", false)]
    [InlineData("nginx", false)]
    public void This_machine_is_recognised(string text, bool expected) => ImageReference.Parse(text).IsLoopback.ShouldBe(expected);

    [Fact]
    public void Another_tag_drops_the_digest_and_a_digest_keeps_the_tag()
    {
        var digest = Digest.OfBytes("x"u8);
        var pinned = ImageReference.Parse("nginx:1").WithDigest(digest);
        pinned.ToString().ShouldBe($"docker.io/library/nginx:1@{digest}");
        pinned.WithTag("2").ToString().ShouldBe("docker.io/library/nginx:2");
        Should.Throw<ArgumentException>(() => pinned.WithTag("no good")).Message.ShouldContain("no good");
        Should.Throw<ArgumentException>(() => pinned.WithDigest(default));
    }
}
