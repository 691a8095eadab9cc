using Plimsoll.Deployments.Images;

namespace Plimsoll.Tests.Deployments.Images;

public sealed class DiskSpaceTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(100, 0, 300)]
    [InlineData(100, 256, 556)]
    [InlineData(0, 256, 256)]
    public void An_image_needs_three_times_what_travels_and_what_must_stay_free(long compressed, int minimum, long needed) =>
        DiskSpace.NeededFor(compressed * Mebibyte, minimum).ShouldBe(needed * Mebibyte);

    [Fact]
    public void A_size_that_somebody_made_up_cannot_wrap_around() =>
        DiskSpace.NeededFor(long.MaxValue, 256).ShouldBe(long.MaxValue);

    [Fact]
    public void Exactly_enough_is_enough()
    {
        DiskSpace.Problem("web:v1", "/var/lib/docker", 556 * Mebibyte, 100 * Mebibyte, 256).ShouldBeNull();
        DiskSpace.Problem("web:v1", "/var/lib/docker", (556 * Mebibyte) - 1, 100 * Mebibyte, 256).ShouldNotBeNull();
    }

    [Fact]
    public void The_reason_names_the_place_what_is_there_what_is_needed_and_what_to_do() =>
        DiskSpace.Problem("web:v1", "/var/lib/docker", 120 * Mebibyte, 700 * Mebibyte, 256).ShouldBe(
            "The engine's disk is too full for web:v1: 120 MiB are free at /var/lib/docker and 2.3 GiB are needed, which is 3 times the 700 MiB of the image "
            + "and 256 MiB that stay free (settings: minimumFreeMegabytes). Make room there, for example with 'docker system prune', and deploy again.");
}
