namespace Plimsoll.Plumbing.Database;

/// <summary>Keeps the audit trail. Implemented by the chapter that knows who asks: Access.</summary>
internal interface IChangeRecorder
{
    void Record(WriteScope scope, Change change);
}
