"""x."""
urlpatterns=[]
