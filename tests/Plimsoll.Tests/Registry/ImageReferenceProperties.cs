using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class ImageReferenceProperties
{
    private static readonly Gen<string> pieces = Gen.Elements(
        "a", "b0", "x-y", "A", ".", "..", "_", "__", "-", "/", ":", "@", "[", "]", "::1", "localhost", "ghcr.io", "docker.io", "library",
        ":5000", "/", "sha256:", new string('f', 64), "é", "\0", "\ud800", " ", "%2f", "\n", "://");

    private static readonly Arbitrary<string> nearlyReferences = pieces.ListOf().Select(string.Concat).ToArbitrary();

    [Fact]
    public void Reading_any_text_never_throws() => Prop.ForAll<string>(Reads).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_what_looks_nearly_like_a_reference_never_throws_and_reads_back() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(nearlyReferences, Reads));

    [Fact]
    public void Whatever_is_well_formed_reads_back_the_same()
    {
        var component = Gen.Elements("a", "app", "x1", "my-app", "a.b", "a__b", "c---d", "library", "localhost");
        var references =
            from registry in Gen.Elements("", "ghcr.io/", "localhost:5000/", "docker.io/", "[::1]:80/", "127.0.0.1/")
            from path in component.NonEmptyListOf()
            from tag in Gen.Elements("", ":1", ":latest", ":V_1.2-rc")
            from digest in Gen.Elements("", $"@{Digest.OfBytes("x"u8)}")
            where path.Count < 20
            select registry + string.Join('/', path) + tag + digest;
        Prop.ForAll(references.ToArbitrary(), text =>
        {
            var reference = ImageReference.Parse(text);
            return ImageReference.Parse(reference.ToString()) == reference && ImageReference.Parse(reference.FamiliarName).Name == reference.Name;
        }).QuickCheckThrowOnFailure();
    }

    private static bool Reads(string? text) => ImageReference.TryParse(text, out var reference, out var problem)
        ? problem is null && ImageReference.Parse(reference.ToString()) == reference && ImageReference.Parse(reference.FamiliarName).Name == reference.Name
        : reference is null && problem.Length < 400;
}
