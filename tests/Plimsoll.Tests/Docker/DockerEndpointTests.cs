using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class DockerEndpointTests
{
    [Fact]
    public void A_unix_address_names_a_socket()
    {
        var endpoint = DockerEndpoint.Parse("unix:///run/user/1000/docker.sock");

        endpoint.SocketPath.ShouldBe("/run/user/1000/docker.sock");
        endpoint.UsesTls.ShouldBeFalse();
    }

    [Theory]
    [InlineData("tcp://10.0.0.5", "10.0.0.5", 2375)]
    [InlineData("tcp://[::1]:2375", "::1", 2375)]
    [InlineData("tcp://engine.example:4243", "engine.example", 4243)]
    [InlineData("http://engine.example", "engine.example", 2375)]
    [InlineData("http://engine.example:80", "engine.example", 80)]
    public void A_plain_tcp_address_names_host_and_port(string text, string host, int port)
    {
        var endpoint = DockerEndpoint.Parse(text);

        endpoint.Host.ShouldBe(host);
        endpoint.Port.ShouldBe(port);
        endpoint.UsesTls.ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_folder_encrypts_tcp_and_only_the_switch_makes_it_verify()
    {
        var open = DockerEndpoint.Parse("tcp://engine.example", "/certs");
        open.UsesTls.ShouldBeTrue();
        open.Port.ShouldBe(2376);
        open.VerifiesServer.ShouldBeFalse();

        DockerEndpoint.Parse("tcp://engine.example", "/certs", verifyTls: true).VerifiesServer.ShouldBeTrue();
    }

    [Fact]
    public void Https_without_a_certificate_folder_verifies_against_the_system() =>
        DockerEndpoint.Parse("https://engine.example").VerifiesServer.ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("docker.sock")]
    [InlineData("unix://docker.sock")]
    [InlineData("npipe:////./pipe/docker_engine")]
    [InlineData("ssh://user@host")]
    [InlineData("tcp://user:secret@host")]
    [InlineData("tcp://host/path")]
    public void Another_form_is_refused_with_what_to_write_instead(string text) =>
        Should.Throw<FormatException>(() => DockerEndpoint.Parse(text)).Message.ShouldContain("Write ");

    [Fact]
    public void A_password_in_a_refused_address_is_not_repeated() =>
        Should.Throw<FormatException>(() => DockerEndpoint.Parse("tcp://user:secret@host")).Message.ShouldNotContain("secret");

    [Fact]
    public void A_socket_path_longer_than_the_kernel_takes_is_refused() =>
        Should.Throw<FormatException>(() => DockerEndpoint.Parse("unix:///" + new string('a', 120))).Message.ShouldContain("107");

    [Fact]
    public void An_empty_environment_means_the_usual_socket() =>
        DockerEndpoint.FromEnvironment(_ => null).SocketPath.ShouldBe("/var/run/docker.sock");

    [Fact]
    public void Verification_without_a_folder_takes_the_one_of_the_docker_tools()
    {
        var environment = new Dictionary<string, string> { ["DOCKER_HOST"] = "tcp://h", ["DOCKER_TLS_VERIFY"] = "1", ["HOME"] = "/home/a" };

        var endpoint = DockerEndpoint.FromEnvironment(environment.GetValueOrDefault);

        endpoint.CertificatePath.ShouldBe("/home/a/.docker");
        endpoint.VerifiesServer.ShouldBeTrue();
    }
}
