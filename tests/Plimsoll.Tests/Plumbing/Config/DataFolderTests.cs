using Plimsoll.Plumbing.Config;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Config;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "deep", "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_Plimsoll_is_refused_while_the_first_one_lives_and_let_in_afterwards()
    {
        using (DataFolder.Claim(Data))
        {
            Should.Throw<SettingsException>(() => DataFolder.Claim(Data)).Message.ShouldContain("in use by another Plimsoll");
        }

        DataFolder.Claim(Data).Dispose();
    }

    [Fact]
    public void The_folder_is_for_its_owner_alone()
    {
        using var claim = DataFolder.Claim(Data);

        File.GetUnixFileMode(Data).ShouldBe(OwnerOnly);
    }

    [Fact]
    public void A_folder_that_was_open_to_others_is_closed_to_them()
    {
        Directory.CreateDirectory(Data, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        using var claim = DataFolder.Claim(Data);

        File.GetUnixFileMode(Data).ShouldBe(OwnerOnly);
    }

    [Fact]
    public void A_file_in_its_place_is_told_with_the_setting_to_change()
    {
        var file = _folder.Write("data", "not a folder");

        Should.Throw<SettingsException>(() => DataFolder.Claim(file)).Problems.ShouldHaveSingleItem().ShouldStartWith("PLIMSOLL_DATA: ");
    }
}
